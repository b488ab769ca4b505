namespace Decnet.Fleet.Swarm.Masters;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>What rows of a host say that nobody hears of: since when, and how they last were.</summary>
internal static class HostAbsence
{
    const string LastState = "; last known state: ";

    /// <summary>How a host is, as part of a sentence: <c>the host web-1 is silent since 2026-01-01 00:00:00 UTC</c>.</summary>
    internal static string Describe(FleetHost host) => host.Status switch
    {
        FleetHostStatus.Enrolled => $"the host {host.Name} has never reported",
        FleetHostStatus.Active => $"the host {host.Name} is active, and last reported at {Time(host)}",
        FleetHostStatus.Silent => $"the host {host.Name} is silent since {Time(host)}",
        _ => $"the host {host.Name} is lost: silent since {Time(host)}",
    };

    /// <summary>The change of a row of a silent or lost host; null when the row says so already, or is of no decky that ran.</summary>
    internal static StateChange? Age(FleetHost host, DeckyRow row)
    {
        var isLost = host.Status == FleetHostStatus.Lost;
        var state = row.State switch
        {
            DeckyState.Running or DeckyState.Degraded => isLost ? DeckyState.Failed : DeckyState.Degraded,
            DeckyState.Pending when isLost => DeckyState.Failed,
            DeckyState.Failed or DeckyState.Pending => row.State,
            _ => (DeckyState?)null,
        };
        if (state is not { } aged)
        {
            return null;
        }

        var reason = $"{Describe(host)}{LastState}{LastKnown(row)}";
        return row.State == aged && row.Reason == reason
            ? null
            : new StateChange.UpdateDecky(row with { State = aged, Reason = reason })
            {
                Events = row.State == aged ? [] : [StateEvent.Draft(row.HostId, row.Name, "state_changed", aged, row.State, reason)],
            };
    }

    /// <summary>How it was before its host fell silent.</summary>
    static string LastKnown(DeckyRow row)
    {
        if (row.Reason?.LastIndexOf(LastState, StringComparison.Ordinal) is >= 0 and var at)
        {
            return row.Reason[(at + LastState.Length)..];
        }

        var state = Token<DeckyState>.Of(row.State);
        return row.Reason is null ? state : $"{state} ({row.Reason})";
    }

    static string Time(FleetHost host) => host.LastHeartbeat is { } heard
        ? string.Create(CultureInfo.InvariantCulture, $"{heard.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : "it was enrolled";
}
