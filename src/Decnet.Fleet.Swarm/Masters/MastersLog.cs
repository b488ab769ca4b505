namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;

internal static partial class MastersLog
{
    [LoggerMessage(1601, LogLevel.Warning, "Signs of life of hosts could not be written")]
    internal static partial void BeatsFailed(ILogger logger, Exception error);

    [LoggerMessage(1602, LogLevel.Warning, "{Host} told of the {Kind} of {Decky} ({Operation}), which is an operation of {Owner}: ignored")]
    internal static partial void ForeignDelta(ILogger logger, string host, OperationKind kind, DeckyName decky, Guid operation, string owner);

    [LoggerMessage(1603, LogLevel.Information, "The host {Host} is {Status}: {Reason}")]
    internal static partial void HostChanged(ILogger logger, string host, FleetHostStatus status, string reason);

    [LoggerMessage(1604, LogLevel.Warning, "The host {Host} cannot tell how its deckies are: {Problem}")]
    internal static partial void HostTroubled(ILogger logger, string host, string problem);

    [LoggerMessage(1605, LogLevel.Warning, "The {Kind} of {Decky} on {Host} was ended: {Error}")]
    internal static partial void OperationEnded(ILogger logger, OperationKind kind, DeckyName decky, string host, string? error);

    [LoggerMessage(1606, LogLevel.Warning, "The fleet file did not get the services back that deckies of {Host} have: {Cause}")]
    internal static partial void ServicesNotReturned(ILogger logger, string host, string cause);

    [LoggerMessage(1607, LogLevel.Information, "{Host} was asked to {Kind} {Count} deckies")]
    internal static partial void Dispatched(ILogger logger, string host, string kind, int count);

    [LoggerMessage(1608, LogLevel.Warning, "{Host} could not be asked to {Kind} {Count} deckies: {Error}")]
    internal static partial void NotDispatched(ILogger logger, string host, string kind, int count, string error);

    [LoggerMessage(1609, LogLevel.Information, "The host {Host} was enrolled from {Address}")]
    internal static partial void Enrolled(ILogger logger, string host, string address);

    [LoggerMessage(1610, LogLevel.Warning, "An enrolment from {Address} was refused: {Reason}")]
    internal static partial void EnrolmentRefused(ILogger logger, string address, string reason);

    [LoggerMessage(1611, LogLevel.Information, "The host {Host} has left the fleet: {Deckies} deckies, {Operations} open operations")]
    internal static partial void Removed(ILogger logger, string host, int deckies, int operations);

    [LoggerMessage(1612, LogLevel.Warning, "The host {Host} did not destroy itself wholly: {Failed}")]
    internal static partial void FarewellFailed(ILogger logger, string host, string failed);

    [LoggerMessage(1613, LogLevel.Warning, "Watching over the hosts failed; the next look tries again")]
    internal static partial void WatchFailed(ILogger logger, Exception error);
}
