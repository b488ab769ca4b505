namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Fleet.Model;

/// <summary>Writes down the tables of a host.</summary>
internal sealed class TestNetwork
{
    readonly List<NetworkLink> links = [];
    readonly List<InterfaceAddress> addresses = [];
    readonly List<NetworkRoute> routes = [];

    /// <summary>Adds an interface with addresses such as <c>10.0.0.5/24</c>.</summary>
    internal TestNetwork Link(string name, string[] addresses, Func<NetworkLink, NetworkLink>? change = null)
    {
        var link = new NetworkLink
        {
            Name = name,
            Index = links.Count + 1,
            IsEnabled = true,
            IsRunning = true,
            IsEthernet = true,
            MacAddress = MacAddress.FromVendor(0x005056, (uint)links.Count + 1),
        };
        links.Add(change?.Invoke(link) ?? link);
        foreach (var address in addresses)
        {
            Address(name, address);
        }

        return this;
    }

    internal TestNetwork Address(string link, string text, Func<InterfaceAddress, InterfaceAddress>? change = null)
    {
        var address = new InterfaceAddress { LinkIndex = Index(link), Address = IPAddress.Parse(text.Split('/')[0]), Subnet = Network(text) };
        addresses.Add(change?.Invoke(address) ?? address);
        return this;
    }

    internal TestNetwork Default(string link, string? gateway, uint metric = 0, Func<NetworkRoute, NetworkRoute>? change = null)
    {
        var route = new NetworkRoute
        {
            Destination = new IPNetwork(IPAddress.Any, 0),
            LinkIndex = Index(link),
            Gateway = gateway is null ? null : IPAddress.Parse(gateway),
            Metric = metric,
        };
        routes.Add(change?.Invoke(route) ?? route);
        return this;
    }

    static IPNetwork Network(string text)
    {
        var prefix = int.Parse(text.Split('/')[1], CultureInfo.InvariantCulture);
        var number = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(text.Split('/')[0]).GetAddressBytes());
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number & (uint)(uint.MaxValue << (32 - prefix)));
        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    internal int Index(string link) => links.Single(entry => entry.Name == link).Index;

    internal HostInterface Choose(string? name = null) => Chooser.Choose(name);

    internal HostInterface Choose(IPNetwork subnet) => Chooser.Choose(subnet);

    InterfaceChooser Chooser => new(new NetworkTables(links, addresses, routes));
}
