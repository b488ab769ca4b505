namespace Decnet.Fleet.Docker.HostNetwork;

using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Fleet.Model;

/// <summary>How a link to the deckies of one driver is made.</summary>
internal sealed record HostLinkKind(string Kind, uint Mode, string LinkName)
{
    internal static readonly HostLinkKind Macvlan = new("macvlan", LinkAttribute.MacvlanBridge, "decnet_macvlan0");

    internal static readonly HostLinkKind Ipvlan = new("ipvlan", LinkAttribute.IpvlanL2, "decnet_ipvlan0");

    /// <summary>Links of the two kinds exclude each other on one parent.</summary>
    internal HostLinkKind Other => this == Macvlan ? Ipvlan : Macvlan;

    internal static HostLinkKind Of(NetworkDriver driver) => driver switch
    {
        NetworkDriver.Macvlan => Macvlan,
        NetworkDriver.Ipvlan => Ipvlan,
        _ => throw new ArgumentException($"A host reaches the deckies of a {driver} network without a link of its own.", nameof(driver)),
    };

    internal static bool IsOurs(NetworkLink link) => link.Kind is "macvlan" or "ipvlan";

    internal NetlinkRequest Create(string name, int parentIndex) =>
        NetlinkRequest.Create(NetlinkType.NewLink, NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive, default(LinkHeader))
            .Add(LinkAttribute.Name, name)
            .Add(LinkAttribute.Parent, parentIndex)
            .AddNested(LinkAttribute.Info, info => info
                .Add(LinkAttribute.InfoKind, Kind)
                .AddNested(LinkAttribute.InfoData, AddMode));

    void AddMode(NetlinkRequest data)
    {
        if (this == Macvlan)
        {
            data.Add(LinkAttribute.DataMode, Mode);
        }
        else
        {
            data.Add(LinkAttribute.DataMode, (ushort)Mode);
        }
    }
}
