namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Net;

/// <summary>One way of a unicast IPv4 route of the main table.</summary>
internal sealed record NetworkRoute
{
    internal required IPNetwork Destination { get; init; }

    internal required int LinkIndex { get; init; }

    internal IPAddress? Gateway { get; init; }

    internal IPAddress? PreferredSource { get; init; }

    /// <summary>The lower, the better.</summary>
    internal uint Metric { get; init; }

    internal byte TypeOfService { get; init; }

    /// <summary>Whether the kernel passes it over, because its interface has no carrier.</summary>
    internal bool IsDead { get; init; }

    /// <summary>Whether it shares its route with other ways.</summary>
    internal bool IsShared { get; init; }
}
