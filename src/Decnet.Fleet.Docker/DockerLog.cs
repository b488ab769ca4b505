namespace Decnet.Fleet.Docker;

using Microsoft.Extensions.Logging;

internal static partial class DockerLog
{
    [LoggerMessage(201, LogLevel.Warning, "The engine says of {Container}: {Warning}")]
    internal static partial void CreateWarning(ILogger logger, string container, string warning);

    [LoggerMessage(202, LogLevel.Warning, "The image {Image} has no digest, so that it is not pinned: whatever has its tag is used")]
    internal static partial void Unpinned(ILogger logger, string image);

    [LoggerMessage(203, LogLevel.Information, "Pulling {Image}")]
    internal static partial void Pulling(ILogger logger, string image);

    [LoggerMessage(204, LogLevel.Information, "Following the events of the engine at {Endpoint}")]
    internal static partial void Watching(ILogger logger, string endpoint);

    [LoggerMessage(205, LogLevel.Warning, "The events of the engine at {Endpoint} ended ({Cause}); following them again in {Delay}")]
    internal static partial void WatchEnded(ILogger logger, string endpoint, string cause, TimeSpan delay);
}
