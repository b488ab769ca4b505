namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Fleet.Model;

/// <summary>Chooses an interface from the tables of the host. Pure.</summary>
internal sealed class InterfaceChooser(NetworkTables tables)
{
    /// <summary>Two addresses are the network and its broadcast, so a smaller network has no room for host and decky.</summary>
    const int LongestUsefulPrefix = 30;

    readonly InterfaceTexts texts = new(tables);

    /// <summary>The default routes in use, best first.</summary>
    readonly NetworkRoute[] defaults =
        [.. tables.Routes.Where(route => route.Destination.PrefixLength == 0).OrderBy(route => route.IsDead).ThenBy(route => route.Metric)];

    internal HostInterface Choose(string? name) => name is null ? ChooseByRoute() : ChooseByName(name);

    /// <summary>
    /// The interface whose network holds a subnet; of several, one that is up, then the one with the smallest network. Without one, that of
    /// the default route.
    /// </summary>
    internal HostInterface Choose(IPNetwork subnet)
    {
        var best = tables.Links.Where(IsChosenUnnamed)
            .SelectMany(link => tables.AddressesOf(link).Where(address => Holds(address, subnet)), (link, address) => (Link: link, address.Subnet.PrefixLength))
            .OrderByDescending(found => found.Link.IsRunning)
            .ThenByDescending(found => found.PrefixLength)
            .FirstOrDefault();
        return best.Link is null ? ChooseByRoute() : Describe(best.Link);
    }

    /// <summary>An address within the subnet is as good: the host's own network may be written smaller than the fleet's.</summary>
    static bool Holds(InterfaceAddress address, IPNetwork subnet) =>
        (address.Subnet.PrefixLength <= subnet.PrefixLength && address.Subnet.Contains(subnet.BaseAddress)) || subnet.Contains(address.Address);

    HostInterface ChooseByRoute()
    {
        var ways = defaults.Select(route => tables.Find(route.LinkIndex)).OfType<NetworkLink>().Distinct().ToList();
        var best = ways.Where(IsChosenUnnamed).OrderByDescending(link => link.IsRunning).FirstOrDefault();
        return best is not null ? Describe(best) : throw new HostNetworkException(HostNetworkError.NotFound, texts.NothingToChoose(ways));
    }

    HostInterface ChooseByName(string name)
    {
        var link = tables.Find(name) ?? throw new HostNetworkException(HostNetworkError.NotFound, texts.NoSuchInterface(name), name);
        return CarriesDeckies(link) && tables.AddressesOf(link).Any()
            ? Describe(link)
            : throw new HostNetworkException(HostNetworkError.NotUsable, texts.NotUsable(link), name);
    }

    bool IsChosenUnnamed(NetworkLink link) =>
        CarriesDeckies(link) && link.Kind is null or "vlan" or "bond" or "team" && tables.AddressesOf(link).Any();

    static bool CarriesDeckies(NetworkLink link) => link is { IsLoopback: false, IsEthernet: true, MacAddress: not null };

    HostInterface Describe(NetworkLink link)
    {
        var routes = defaults.Where(route => route.LinkIndex == link.Index).ToList();
        var address = tables.AddressesOf(link)
            .OrderByDescending(candidate => candidate.Subnet.PrefixLength <= LongestUsefulPrefix && candidate.Subnet.Contains(candidate.Address))
            .ThenByDescending(candidate => routes.Exists(route => IsGateway(route, candidate)))
            .ThenBy(candidate => candidate.Scope)
            .ThenByDescending(candidate => routes.Exists(route => candidate.Address.Equals(route.PreferredSource)))
            .ThenBy(candidate => candidate.IsSecondary)
            .First();
        return new HostInterface
        {
            Name = link.Name,
            Index = link.Index,
            Address = address.Address,
            Subnet = address.Subnet,
            Gateway = routes.Find(route => IsGateway(route, address))?.Gateway,
            MacAddress = link.MacAddress.GetValueOrDefault(),
            IsUp = link.IsRunning,
            IsWireless = link.IsWireless,
        };
    }

    static bool IsGateway(NetworkRoute route, InterfaceAddress address) =>
        route.Gateway is { } gateway && !gateway.Equals(address.Address) && address.Subnet.Contains(gateway);
}
