namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>An interface of this host that deckies can be attached to, with its IPv4 network.</summary>
public sealed record HostInterface
{
    /// <summary>The name, such as <c>eth0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The number by which the system knows it.</summary>
    public required int Index { get; init; }

    /// <summary>The address of this host on it.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>
    /// The IPv4 network of <see cref="Address"/>. Hosts of some clouds have a network of one address (/32) here, which has no room
    /// for deckies.
    /// </summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>
    /// The gateway of the default route through this interface; null when there is no such route, or when its gateway is not an
    /// address of <see cref="Subnet"/>. Never the gateway of another interface.
    /// </summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The hardware address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>Whether it is enabled and connected. Deckies on an interface that is not cannot be reached.</summary>
    public required bool IsUp { get; init; }

    /// <summary>
    /// Whether it is Wi-Fi. An access point drops frames from other hardware addresses than that of the station (IEEE 802.11), so
    /// <see cref="NetworkDriver.Macvlan"/> does not work on it; use <see cref="NetworkDriver.Ipvlan"/>.
    /// </summary>
    public required bool IsWireless { get; init; }
}
