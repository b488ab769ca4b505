namespace Decnet.Engine.Tests.Swarm;

using System.Net;
using System.Net.Sockets;
using Decnet.Engine.Tests.Endurance;
using Decnet.Engine.Tests.HostNetwork;

/// <summary>A master and some hosts, each in a network of its own, joined by a switch. All of it is one machine's.</summary>
sealed class HostLab : IAsyncDisposable
{
    /// <summary>The interface of the switch.</summary>
    internal const string Bridge = "switch0";

    static readonly IPAddress SwitchAddress = IPAddress.Parse("198.19.240.254");

    readonly NetworkNamespace middle = new();
    readonly List<CuttingProxy> proxies = [];

    HostLab(int hosts)
    {
        middle.Ip($"link add {Bridge} type bridge");
        middle.Ip($"addr add {SwitchAddress}/24 dev {Bridge}");
        middle.Ip($"link set {Bridge} up");
        Master = new LabHost(middle, "master", 1);
        Hosts = [.. Enumerable.Range(1, hosts).Select(number => new LabHost(middle, $"host-{number}", number + 1))];
    }

    internal LabHost Master { get; }

    internal IReadOnlyList<LabHost> Hosts { get; }

    /// <summary>The master and the hosts.</summary>
    internal IReadOnlyList<LabHost> All => [Master, .. Hosts];

    /// <summary>Makes the networks.</summary>
    internal static HostLab Open(int hosts) => new(hosts);

    /// <summary>Makes the networks, and an engine in each.</summary>
    internal static async Task<HostLab> StartAsync(int hosts)
    {
        var lab = Open(hosts);
        try
        {
            await Task.WhenAll(lab.All.Select(host => host.StartEngineAsync()));
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leads the connections of one host to a port of another through a proxy, from now on and until the host is healed.</summary>
    internal CuttingProxy Between(LabHost from, LabHost to, int port)
    {
        var proxy = new CuttingProxy(middle.Run(Listen), () => ConnectAsync(new IPEndPoint(to.Address, port)));
        proxies.Add(proxy);
        from.Divert(to.Address, port, proxy.EndPoint);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        var ends = Task.WhenAll(All.Select(host => host.DisposeAsync().AsTask()).Concat(proxies.Select(proxy => proxy.DisposeAsync().AsTask())));
        try
        {
            await ends;
        }
        finally
        {
            middle.Dispose();
        }
    }

    static Socket Listen()
    {
        var listener = NewSocket();
        listener.Bind(new IPEndPoint(SwitchAddress, 0));
        listener.Listen(64);
        return listener;
    }

    // A socket belongs to the network of the thread that makes it; who connects it does not matter.
    async Task<Socket> ConnectAsync(IPEndPoint server)
    {
        var socket = middle.Run(NewSocket);
        await socket.ConnectAsync(server);
        return socket;
    }

    static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
