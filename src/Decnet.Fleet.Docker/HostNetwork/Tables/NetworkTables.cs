namespace Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>What this host knows about its IPv4 network.</summary>
internal sealed record NetworkTables(
    IReadOnlyList<NetworkLink> Links, IReadOnlyList<InterfaceAddress> Addresses, IReadOnlyList<NetworkRoute> Routes)
{
    internal NetworkLink? Find(string name) => Links.FirstOrDefault(link => link.Name == name);

    internal NetworkLink? Find(int index) => Links.FirstOrDefault(link => link.Index == index);

    internal IEnumerable<InterfaceAddress> AddressesOf(NetworkLink link) => Addresses.Where(address => address.LinkIndex == link.Index);
}
