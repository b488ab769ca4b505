namespace Decnet.Fleet.State;

using Microsoft.Extensions.Logging;

internal static partial class FleetFileLog
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Saved generation {Generation} with {Deckies} deckies to {Path}")]
    internal static partial void FleetSaved(this ILogger logger, string path, long generation, int deckies);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "{Path}: {Warning}")]
    internal static partial void FleetFileSuspicious(this ILogger logger, string path, string warning);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "{Reason}")]
    internal static partial void FleetNotKnown(this ILogger logger, string reason);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Warning, Message = "The unreadable file {Path} was replaced by generation {Generation}; it is kept beside it")]
    internal static partial void CorruptFileReplaced(this ILogger logger, string path, long generation);
}
