namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;

/// <summary>Why a host is not even asked, and what to do.</summary>
internal static class DispatchObstacle
{
    /// <summary>What keeps work of a kind from a host; null for nothing.</summary>
    internal static string? Of(FleetHost host, OperationKind kind)
    {
        if (host.Fingerprint is null)
        {
            return $"The host {host.Name} has no valid certificate: it was never enrolled, or its certificate was revoked. Enrol it again.";
        }

        if (host.Address is null || host.AgentPort is null)
        {
            return $"It is not known where the agent of the host {host.Name} listens. Enrol it again.";
        }

        return host.Status != FleetHostStatus.Lost ? null : $"{Lost(host)} {WayOut(host, kind)}";
    }

    /// <summary>As <see cref="Of(FleetHost, OperationKind)"/>, also for a host that is not there.</summary>
    internal static string Of(FleetHost? host, Operation operation) => host is null
        ? operation.Kind == OperationKind.Teardown
            ? $"There is no host '{operation.HostId}' any more, and so nobody who could remove it. If containers of it still run on that machine, remove them there: decnetd teardown --all."
            : $"There is no host '{operation.HostId}'. Enrol it, or let the decky run on another host."
        : Of(host, operation.Kind) ?? "";

    static string Lost(FleetHost host) => "T" + HostAbsence.Describe(host)[1..] + ".";

    static string WayOut(FleetHost host, OperationKind kind) => kind == OperationKind.Teardown
        ? $"When it reports again, ask for it again. When it is gone for good, remove it from the fleet, and its deckies with it: decnetd host remove {host.Name} --force."
        : "Look after it, or let the decky run on another host.";
}
