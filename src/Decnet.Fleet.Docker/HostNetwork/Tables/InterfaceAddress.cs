namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Net;

/// <summary>An IPv4 address of an interface.</summary>
internal sealed record InterfaceAddress
{
    internal required int LinkIndex { get; init; }

    internal required IPAddress Address { get; init; }

    internal required IPNetwork Subnet { get; init; }

    /// <summary>Whether it came after another one of the same subnet.</summary>
    internal bool IsSecondary { get; init; }

    /// <summary>How far it is valid: 0 everywhere, 253 on the link only.</summary>
    internal byte Scope { get; init; }
}
