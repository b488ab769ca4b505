namespace Decnet.Fleet.Swarm.Agents;

using Microsoft.Extensions.Logging;

internal static partial class AgentLog
{
    [LoggerMessage(2101, LogLevel.Information, "Work that the master ordered has ended: {Operations} operations, {Failed} failed.")]
    internal static partial void WorkEnded(ILogger logger, int operations, int failed);

    [LoggerMessage(2102, LogLevel.Error, "Work that the master ordered has broken off.")]
    internal static partial void WorkFailed(ILogger logger, Exception error);

    [LoggerMessage(2103, LogLevel.Warning, "{Missing} events after {Position} are gone before the master has acknowledged them; it will take their operations for lost.")]
    internal static partial void EventsMissing(ILogger logger, long missing, long position);

    [LoggerMessage(2104, LogLevel.Warning, "{What} failed, and is tried again: {Reason}")]
    internal static partial void Failed(ILogger logger, string what, string reason, Exception error);

    [LoggerMessage(2105, LogLevel.Information, "{What} works again, after {Count} failures in {Duration}.")]
    internal static partial void Recovered(ILogger logger, string what, int count, TimeSpan duration);

    [LoggerMessage(2106, LogLevel.Warning, "This host is being removed on order of its master: {Count} things, {Entries}.")]
    internal static partial void Leaving(ILogger logger, int count, string entries);

    [LoggerMessage(2107, LogLevel.Error, "This host was not removed: {Reason}")]
    internal static partial void Staying(ILogger logger, string reason);

    [LoggerMessage(2108, LogLevel.Information, "Removed {Entry}.")]
    internal static partial void Removed(ILogger logger, string entry);

    [LoggerMessage(2109, LogLevel.Error, "Not removed: {Entry}")]
    internal static partial void NotRemoved(ILogger logger, string entry);

    [LoggerMessage(2111, LogLevel.Information, "Kept {Entry}, which {Unit} uses.")]
    internal static partial void Shared(ILogger logger, string entry, string unit);

    [LoggerMessage(2110, LogLevel.Warning, "The master could not be told how the removal ended: {Reason}")]
    internal static partial void Unheard(ILogger logger, string reason);
}
