namespace Decnet.Fleet.Docker.HostNetwork;

using Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>Says why an interface was not chosen, and which there are.</summary>
internal sealed class InterfaceTexts(NetworkTables tables)
{
    /// <summary>A host of many containers has an interface for each of them.</summary>
    const int MostListed = 20;

    internal string NoSuchInterface(string name) => $"This host has no interface '{name}'. {Existing} Give the name of one of them.";

    internal string NothingToChoose(IReadOnlyList<NetworkLink> ways)
    {
        var reason = ways.Count == 0
            ? "no default route for IPv4"
            : $"no default route for IPv4 through an interface that is chosen without being named: {string.Join("; ", ways.Select(WhyNot))}";
        return $"The interface for the deckies could not be detected: this host has {reason}. {Existing} "
            + "Give the name of the one that deckies shall be attached to.";
    }

    internal string NotUsable(NetworkLink link) => $"Deckies cannot be attached to the interface '{link.Name}': {Problem(link)}. {Existing}";

    string WhyNot(NetworkLink link) =>
        link is { IsEthernet: true, Kind: { } kind } && HasAddress(link) ? $"'{link.Name}' is of the kind {kind}" : $"'{link.Name}': {Problem(link)}";

    string Problem(NetworkLink link) => link switch
    {
        { IsLoopback: true } => "it is the loopback interface; give one that is connected to the LAN",
        { IsEthernet: false } or { MacAddress: null } =>
            "it is a tunnel or point-to-point link, which carries neither macvlan nor ipvlan; give an Ethernet interface",
        { MasterIndex: > 0 } when tables.Find(link.MasterIndex) is { } master =>
            $"it is a port of '{master.Name}' and has no IPv4 address; give '{master.Name}'",
        { IsEnabled: false } =>
            $"it is down and has no IPv4 address; enable and address it (ip link set {link.Name} up), or give another one",
        _ => "it has no IPv4 address; give it one, or give another interface",
    };

    /// <summary>The interfaces, those with an address first.</summary>
    string Existing
    {
        get
        {
            var links = tables.Links.Where(link => !link.IsLoopback).OrderByDescending(HasAddress).ThenBy(link => link.Kind is not null).ToList();
            var listed = string.Join(", ", links.Take(MostListed).Select(Describe));
            return links.Count switch
            {
                0 => "It has no interface but the loopback.",
                > MostListed => $"Its interfaces: {listed} and {links.Count - MostListed} more.",
                _ => $"Its interfaces: {listed}.",
            };
        }
    }

    bool HasAddress(NetworkLink link) => tables.AddressesOf(link).Any();

    string Describe(NetworkLink link)
    {
        var addresses = tables.AddressesOf(link).Select(address => $"{address.Address}/{address.Subnet.PrefixLength}").ToList();
        string?[] facts =
        [
            link.Kind,
            link.IsWireless ? "Wi-Fi" : null,
            link.IsRunning ? null : "down",
            addresses.Count == 0 ? "no IPv4 address" : string.Join(' ', addresses),
        ];
        return $"{link.Name} ({string.Join(", ", facts.OfType<string>())})";
    }
}
