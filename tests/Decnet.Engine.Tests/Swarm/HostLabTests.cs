namespace Decnet.Engine.Tests.Swarm;

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Decnet.Engine.Tests.HostNetwork;
using Decnet.Testing;
using Xunit;

/// <summary>The networks of a lab, and what can be done to them.</summary>
public sealed class HostLabTests
{
    [Fact]
    public async Task A_host_whose_cable_is_pulled_reaches_nobody_until_it_is_back()
    {
        await using var lab = HostLab.Open(2);
        using var greeter = new Greeter(lab.Master.Network, lab.Master.Address);
        Assert.All(lab.Hosts, host => Assert.Equal("this is 198.19.240.1", Greeter.Connect(host.Network, lab.Master.Address)));

        lab.Hosts[0].Cut();

        Assert.Null(Greeter.Connect(lab.Hosts[0].Network, lab.Master.Address));
        Assert.NotNull(Greeter.Connect(lab.Hosts[1].Network, lab.Master.Address));
        lab.Hosts[0].Join();
        await Eventually.TrueAsync(() => Task.FromResult(Greeter.Connect(lab.Hosts[0].Network, lab.Master.Address) is not null), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_LAN_is_seen_by_its_host_and_by_no_other()
    {
        await using var lab = HostLab.Open(2);
        var (first, second) = (lab.Hosts[0], lab.Hosts[1]);
        using var greeter = new Greeter(first.Neighbour, first.Gateway);

        Assert.Equal("this is 198.18.102.1", Greeter.Connect(first.Network, first.Gateway));
        Assert.Null(Greeter.Connect(second.Network, first.Gateway));
        Assert.Contains($"default via {first.Gateway} dev {LabHost.LanInterface}", first.Network.Ip("route show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loss_takes_its_share_of_the_packets()
    {
        const int Sent = 400;
        await using var lab = HostLab.Open(1);
        var host = lab.Hosts[0];
        using var receiver = host.Network.Run(() => new UdpClient(new IPEndPoint(host.Address, 9)) { Client = { ReceiveBufferSize = 1 << 20 } });
        using var sender = lab.Master.Network.Run(() => new UdpClient(AddressFamily.InterNetwork));
        host.Lose(0.5);

        var received = await CountAsync(sender, receiver, host, Sent);

        Assert.InRange(received, Sent / 4, Sent * 3 / 4);
        Assert.InRange(await CountAsync(sender, receiver, host, Sent), Sent * 9 / 10, Sent);
    }

    [Fact]
    public async Task Resets_are_told_at_once()
    {
        await using var lab = HostLab.Open(1);
        var host = lab.Hosts[0];
        using var greeter = new Greeter(host.Network, host.Address);
        host.Reset(1);

        using var client = lab.Master.Network.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        var refused = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(new IPEndPoint(host.Address, 7)));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        host.Heal();
        Assert.NotNull(Greeter.Connect(lab.Master.Network, host.Address));
    }

    [Fact]
    public async Task Programs_and_networks_end_with_the_lab()
    {
        string network;
        Process program;
        await using (var lab = HostLab.Open(1))
        {
            program = lab.Hosts[0].Network.Start(NetworkNamespace.Bound("sleep", "600"));
            network = NetworkOf($"/proc/{program.Id}")!;
        }

        using (program)
        {
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(128 + 9, program.ExitCode);
        }

        Assert.DoesNotContain(network, Directory.GetDirectories("/proc").Select(NetworkOf));
    }

    /// <summary>Sends some datagrams, then, over a healed line, a last one, behind which hardly any of the others can be.</summary>
    static async Task<int> CountAsync(UdpClient sender, UdpClient receiver, LabHost host, int sent)
    {
        var to = new IPEndPoint(host.Address, 9);
        var count = 0;
        for (var number = 0; number < sent; number++)
        {
            await sender.SendAsync(new byte[] { 1 }, to);
            while (receiver.Available > 0)
            {
                await receiver.ReceiveAsync();
                count++;
            }
        }

        host.Heal();
        await sender.SendAsync(new byte[] { 2 }, to);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await receiver.ReceiveAsync(patience.Token)).Buffer[0] == 1)
        {
            count++;
        }

        return count;
    }

    static string? NetworkOf(string process)
    {
        try
        {
            return new FileInfo(process + "/ns/net").LinkTarget;
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
