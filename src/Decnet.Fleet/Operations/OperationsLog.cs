namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;

internal static partial class OperationsLog
{
    internal static void Round(ILogger logger, FleetWorkResult result)
    {
        foreach (var operation in result.Operations)
        {
            if (operation.Status == OperationStatus.Succeeded)
            {
                Rotated(logger, operation.DeckyName);
            }
            else
            {
                NotRotated(logger, operation.DeckyName, operation.Error);
            }
        }
    }

    [LoggerMessage(1201, LogLevel.Information, "{Decky} has other services")]
    static partial void Rotated(ILogger logger, DeckyName decky);

    [LoggerMessage(1202, LogLevel.Warning, "{Decky} was to get other services: {Error}")]
    static partial void NotRotated(ILogger logger, DeckyName decky, string? error);

    [LoggerMessage(1203, LogLevel.Information, "Rotation waits for {Delay}: {Cause}")]
    internal static partial void Postponed(ILogger logger, TimeSpan delay, string cause);

    [LoggerMessage(1204, LogLevel.Warning, "Operations that nobody works on any more were ended: {Count}")]
    internal static partial void Swept(ILogger logger, int count);
}
