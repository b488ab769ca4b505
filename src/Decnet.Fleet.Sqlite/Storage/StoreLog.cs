namespace Decnet.Fleet.Sqlite.Storage;

using Microsoft.Extensions.Logging;

internal static partial class StoreLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Debug, Message = "Opened store {Path}, schema version {Version}, on {Engine}.")]
    internal static partial void Opened(this ILogger logger, string path, int version, string engine);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "Brought the schema of store {Path} from version {From} to {To}.")]
    internal static partial void Migrated(this ILogger logger, string path, int from, int to);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "A transaction of {Count} changes on store {Path} failed; nothing was changed.")]
    internal static partial void CommitFailed(this ILogger logger, Exception error, int count, string path);
}
