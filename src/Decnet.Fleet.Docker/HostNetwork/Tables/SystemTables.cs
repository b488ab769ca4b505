namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Decnet.Fleet.Model;

/// <summary>Reads the tables from what .NET knows about interfaces, on any system. It knows gateways, but neither metrics nor kinds.</summary>
internal static class SystemTables
{
    internal static NetworkTables Read()
    {
        var links = new List<NetworkLink>();
        var addresses = new List<InterfaceAddress>();
        var routes = new List<NetworkRoute>();
        var outgoing = FindOutgoingAddress();
        foreach (var device in NetworkInterface.GetAllNetworkInterfaces().Where(device => device.Supports(NetworkInterfaceComponent.IPv4)))
        {
            var properties = device.GetIPProperties();
            var link = ReadLink(device, properties.GetIPv4Properties().Index);
            var own = ReadAddresses(properties, link.Index);
            links.Add(link);
            addresses.AddRange(own);
            routes.AddRange(properties.GatewayAddresses.Where(IsGateway).Select(gateway => new NetworkRoute
            {
                Destination = new IPNetwork(IPAddress.Any, 0),
                LinkIndex = link.Index,
                Gateway = gateway.Address,
                Metric = own.Exists(address => address.Address.Equals(outgoing)) ? 0u : 1u,
            }));
        }

        return new NetworkTables(links, addresses, routes);
    }

    static List<InterfaceAddress> ReadAddresses(IPInterfaceProperties properties, int linkIndex) =>
    [
        .. properties.UnicastAddresses.Where(entry => entry.Address.AddressFamily == AddressFamily.InterNetwork).Select(entry => new InterfaceAddress
        {
            LinkIndex = linkIndex,
            Address = entry.Address,
            Subnet = IPv4.NetworkOf(entry.Address, entry.PrefixLength),
        }),
    ];

    static bool IsGateway(GatewayIPAddressInformation gateway) =>
        gateway.Address.AddressFamily == AddressFamily.InterNetwork && !gateway.Address.Equals(IPAddress.Any);

    static NetworkLink ReadLink(NetworkInterface device, int index)
    {
        var bytes = device.GetPhysicalAddress().GetAddressBytes();
        MacAddress? mac = MacAddress.TryParse(BitConverter.ToString(bytes), out var address) ? address : null;
        var isUp = device.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown;
        return new NetworkLink
        {
            Index = index,
            Name = device.Name,
            IsEnabled = isUp,
            IsRunning = isUp,
            IsLoopback = device.NetworkInterfaceType is NetworkInterfaceType.Loopback,
            IsEthernet = mac is not null && device.NetworkInterfaceType is not (NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp),
            IsWireless = device.NetworkInterfaceType is NetworkInterfaceType.Wireless80211,
            MacAddress = mac,
        };
    }

    /// <summary>Asks the system which of its addresses it would use towards the internet. Connecting a UDP socket sends nothing.</summary>
    static IPAddress? FindOutgoingAddress()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(new IPAddress([8, 0, 0, 1]), port: 9));
            return ((IPEndPoint?)socket.LocalEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
