namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using Decnet.Fleet.Model;

/// <summary>A network interface of this host.</summary>
internal sealed record NetworkLink
{
    internal required int Index { get; init; }

    internal required string Name { get; init; }

    /// <summary>What made it, such as <c>bridge</c>, <c>veth</c> or <c>vlan</c>; null for hardware, and where the system does not tell.</summary>
    internal string? Kind { get; init; }

    internal bool IsEnabled { get; init; }

    /// <summary>Whether frames pass: enabled, and the other end of the cable as well.</summary>
    internal bool IsRunning { get; init; }

    internal bool IsLoopback { get; init; }

    /// <summary>Whether it carries Ethernet frames to many others, which macvlan and ipvlan need.</summary>
    internal bool IsEthernet { get; init; }

    internal bool IsWireless { get; init; }

    internal MacAddress? MacAddress { get; init; }

    /// <summary>The interface below; 0 when there is none in this network namespace.</summary>
    internal int ParentIndex { get; init; }

    /// <summary>The bridge or bond that it is a port of; 0 for none.</summary>
    internal int MasterIndex { get; init; }

    /// <summary>The mode of a macvlan or ipvlan; null for others.</summary>
    internal uint? Mode { get; init; }

    internal uint? ReversePathFilter { get; init; }

    internal uint? ArpIgnore { get; init; }
}
