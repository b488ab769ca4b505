namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>The changes to a link, its address and its routes.</summary>
internal static class HostLinkRequests
{
    /// <summary>Accept packets to the host's address on this link too, whichever link the answer leaves by.</summary>
    internal const uint LooseReversePath = 2;

    /// <summary>Answer ARP on this link for its own address only, not for the other addresses of the host.</summary>
    internal const uint OwnAddressOnly = 1;

    const byte InternetFamily = (byte)LinkAttribute.InternetFamily;

    internal static NetlinkRequest DeleteLink(int index) =>
        NetlinkRequest.Create(NetlinkType.DeleteLink, NetlinkFlags.Acknowledge, new LinkHeader { Index = index });

    internal static NetlinkRequest Enable(int index) =>
        NetlinkRequest.Create(
                NetlinkType.NewLink,
                NetlinkFlags.Acknowledge,
                new LinkHeader { Index = index, Flags = LinkHeader.Up, ChangedFlags = LinkHeader.Up })
            .AddNested(LinkAttribute.FamilySettings, families => families
                .AddNested(LinkAttribute.InternetFamily, family => family
                    .AddNested(LinkAttribute.InternetSettings, settings => settings
                        .Add(LinkAttribute.ReversePathFilter, LooseReversePath)
                        .Add(LinkAttribute.ArpIgnore, OwnAddressOnly))));

    internal static NetlinkRequest AddAddress(int index, IPAddress address) =>
        Address(NetlinkType.NewAddress, NetlinkFlags.Create | NetlinkFlags.Exclusive, index, address, prefixLength: 32);

    internal static NetlinkRequest DeleteAddress(InterfaceAddress address) =>
        Address(NetlinkType.DeleteAddress, NetlinkFlags.None, address.LinkIndex, address.Address, address.Subnet.PrefixLength);

    internal static NetlinkRequest AddRoute(int index, IPAddress destination, IPAddress source) =>
        NetlinkRequest.Create(
                NetlinkType.NewRoute,
                NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive,
                Route(prefixLength: 32) with { Protocol = RouteHeader.StaticProtocol, Scope = RouteHeader.LinkScope })
            .Add(RouteAttribute.Destination, destination)
            .Add(RouteAttribute.LinkIndex, index)
            .Add(RouteAttribute.PreferredSource, source);

    internal static NetlinkRequest DeleteRoute(NetworkRoute route) =>
        NetlinkRequest.Create(
                NetlinkType.DeleteRoute,
                NetlinkFlags.Acknowledge,
                Route((byte)route.Destination.PrefixLength) with { TypeOfService = route.TypeOfService, Scope = RouteHeader.AnyScope })
            .Add(RouteAttribute.Destination, route.Destination.BaseAddress)
            .Add(RouteAttribute.LinkIndex, route.LinkIndex)
            .Add(RouteAttribute.Priority, route.Metric);

    static RouteHeader Route(byte prefixLength) => new()
    {
        Family = InternetFamily,
        DestinationLength = prefixLength,
        Table = RouteHeader.MainTable,
        Type = RouteHeader.Unicast,
    };

    static NetlinkRequest Address(NetlinkType type, NetlinkFlags flags, int index, IPAddress address, int prefixLength) =>
        NetlinkRequest.Create(
                type,
                flags | NetlinkFlags.Acknowledge,
                new AddressHeader { Family = InternetFamily, PrefixLength = (byte)prefixLength, LinkIndex = index })
            .Add(AddressAttribute.Local, address)
            .Add(AddressAttribute.Network, address);
}
