namespace Decnet.Fleet.Swarm.Agents;

using System.Net;

/// <summary>What a host knows of one of its interfaces.</summary>
public sealed record HostNetworkFacts
{
    /// <summary>The name, such as <c>eth0</c>.</summary>
    public required string Interface { get; init; }

    /// <summary>The address of the host on it.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The IPv4 network of <see cref="Address"/>.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>The gateway in this network.</summary>
    /// <value>Default: null, there is none.</value>
    public IPAddress? Gateway { get; init; }
}
