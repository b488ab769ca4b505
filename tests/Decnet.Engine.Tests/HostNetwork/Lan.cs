namespace Decnet.Engine.Tests.HostNetwork;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;

/// <summary>
/// A host with the interface <c>lan0</c>, a neighbour at the other end of its cable, and a decky on it: a macvlan in a network
/// namespace, as the engine makes them. The neighbour and the decky greet.
/// </summary>
internal sealed class Lan : IDisposable
{
    internal const string Parent = "lan0";
    internal const string Link = "decnet_macvlan0";

    readonly List<Greeter> greeters = [];

    internal Lan()
    {
        Host.Ip($"link add {Parent} type veth peer name far0");
        Host.Ip($"link set far0 netns {Neighbour.Path}");
        Host.Ip($"addr add {HostAddress}/24 dev {Parent}");
        Host.Ip($"link set {Parent} up");
        Neighbour.Ip($"addr add {NeighbourAddress}/24 dev far0");
        Neighbour.Ip("link set far0 up");
        Host.Ip($"link add decky0 link {Parent} type macvlan mode bridge");
        Host.Ip($"link set decky0 netns {Decky.Path}");
        Decky.Ip($"addr add {DeckyAddress}/24 dev decky0");
        Decky.Ip("link set decky0 up");
        Host.Ip($"route add default via {NeighbourAddress}");
        Listen(Neighbour, NeighbourAddress);
        Listen(Decky, DeckyAddress);
    }

    internal static IPAddress HostAddress { get; } = IPAddress.Parse("198.18.240.1");

    internal static IPAddress NeighbourAddress { get; } = IPAddress.Parse("198.18.240.2");

    internal static IPAddress DeckyAddress { get; } = IPAddress.Parse("198.18.240.20");

    internal NetworkNamespace Host { get; } = new();

    internal NetworkNamespace Neighbour { get; } = new();

    internal NetworkNamespace Decky { get; } = new();

    internal bool Ensure(string[] deckies, string parent = Parent, IPAddress? hostAddress = null, NetworkDriver driver = NetworkDriver.Macvlan) => Host.Run(() =>
        new HostLink(driver).EnsureAsync(parent, hostAddress ?? HostAddress, [.. deckies.Select(IPAddress.Parse)]).GetAwaiter().GetResult());

    internal bool Remove() => Host.Run(() => new HostLink().RemoveAsync().GetAwaiter().GetResult());

    internal JsonElement LinkJson => Host.IpJson($"link show {Link}")[0];

    /// <summary>Targets and sources of the routes through the link.</summary>
    internal string[] LinkRoutes =>
    [
        .. Host.IpJson($"route show dev {Link}")
            .Select(route => $"{route.GetProperty("dst").GetString()} {route.GetProperty("prefsrc").GetString()} {route.GetProperty("scope").GetString()}"),
    ];

    /// <summary>The addresses of the link, of both families.</summary>
    internal string[] LinkAddresses =>
    [
        .. Host.IpJson($"addr show {Link}")[0].GetProperty("addr_info").EnumerateArray()
            .Select(address => $"{address.GetProperty("local").GetString()}/{address.GetProperty("prefixlen").GetInt32()}"),
    ];

    /// <summary>All that the host has besides the link: it must stay as it is.</summary>
    internal string Rest => string.Join('\n', Host.Ip("route show table main").Split('\n').Where(line => !line.Contains(Link, StringComparison.Ordinal)))
        + Host.Ip($"addr show {Parent}").Split("valid_lft")[0];

    internal void Listen(NetworkNamespace network, IPAddress address) => greeters.Add(new Greeter(network, address));

    public void Dispose()
    {
        greeters.ForEach(greeter => greeter.Dispose());
        Host.Dispose();
        Neighbour.Dispose();
        Decky.Dispose();
    }
}
