namespace Decnet.Daemon.Hosting;

using Microsoft.Extensions.Logging;

internal static partial class SwarmLog
{
    [LoggerMessage(EventId = 7101, Level = LogLevel.Information, Message = "Listening on {Address}")]
    internal static partial void AgentListens(ILogger logger, string address);

    [LoggerMessage(EventId = 7102, Level = LogLevel.Information, Message = "Listening on {Hosts} (hosts) and {Enrolment} (enrolment)")]
    internal static partial void MasterListens(ILogger logger, string hosts, string enrolment);

    [LoggerMessage(EventId = 7103, Level = LogLevel.Information, Message = "This host is {HostId}; its master is {Master}")]
    internal static partial void AgentStarts(ILogger logger, string hostId, string master);

    [LoggerMessage(EventId = 7105, Level = LogLevel.Warning, Message = "This host cannot be removed on order of its master: {Reason}")]
    internal static partial void NotMarked(ILogger logger, string reason);

    [LoggerMessage(EventId = 7104, Level = LogLevel.Warning, Message = "A removal of this host that had begun goes on")]
    internal static partial void RemovalResumes(ILogger logger);
}
