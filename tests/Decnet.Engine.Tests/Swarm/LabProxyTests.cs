namespace Decnet.Engine.Tests.Swarm;

using System.Net;
using System.Net.Sockets;
using Decnet.Engine.Tests.Endurance;
using Decnet.Testing;
using Xunit;

/// <summary>A proxy between a host and the master, which neither of the two knows of.</summary>
public sealed class LabProxyTests : IAsyncLifetime
{
    const int Port = SwarmLab.MasterPort;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly HostLab lab = HostLab.Open(1);
    readonly TcpListener server;
    readonly CuttingProxy proxy;

    public LabProxyTests()
    {
        server = lab.Master.Network.Run(() =>
        {
            var listener = new TcpListener(lab.Master.Address, Port);
            listener.Start();
            return listener;
        });
        proxy = lab.Between(lab.Hosts[0], lab.Master, Port);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        server.Stop();
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task Connections_lead_through_it_until_the_host_is_healed()
    {
        using var client = await ConnectAsync();
        using var peer = await AcceptAsync();
        await client.SendAsync(new byte[] { 7 });
        Assert.Equal(7, await ReadAsync(peer));
        await peer.SendAsync(new byte[] { 8 });
        Assert.Equal(8, await ReadAsync(client));
        Assert.Equal(1, proxy.Accepted);

        lab.Hosts[0].Heal();
        using var direct = await ConnectAsync();

        using var other = await AcceptAsync();
        Assert.Equal(1, proxy.Accepted);
    }

    [Fact]
    public async Task What_was_held_back_arrives_after_its_sender_gave_up()
    {
        proxy.HoldRequests();
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(new byte[] { 7 });
            await Eventually.TrueAsync(() => Task.FromResult(proxy.Holds), Patience);
        }

        using var later = await ConnectAsync();
        using var peer = await AcceptAsync();
        using var laterPeer = await AcceptAsync();
        Assert.Equal(0, peer.Available + laterPeer.Available);
        proxy.Release();

        Assert.Equal(7, await ReadAsync(peer));
        Assert.Equal(-1, await ReadAsync(peer));
    }

    [Fact]
    public async Task A_cut_between_request_and_answer_leaves_the_request_done_and_the_answer_unheard()
    {
        proxy.HoldAnswers();
        using var client = await ConnectAsync();
        using var peer = await AcceptAsync();
        await client.SendAsync(new byte[] { 7 });
        Assert.Equal(7, await ReadAsync(peer));
        await peer.SendAsync(new byte[] { 8 });
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Holds), Patience);

        Assert.Equal(1, proxy.Cut());

        Assert.Equal(-1, await ReadAsync(client));
        proxy.Release();
        Assert.Equal(-1, await ReadAsync(peer));
    }

    [Fact]
    public async Task Answers_are_held_back_only_when_enough_was_asked()
    {
        proxy.HoldAnswers(after: 2);
        using var client = await ConnectAsync();
        using var peer = await AcceptAsync();
        await client.SendAsync(new byte[] { 7 });
        Assert.Equal(7, await ReadAsync(peer));
        await peer.SendAsync(new byte[] { 8 });
        Assert.Equal(8, await ReadAsync(client));

        await client.SendAsync(new byte[] { 7 });
        Assert.Equal(7, await ReadAsync(peer));
        await peer.SendAsync(new byte[] { 9 });

        await Eventually.TrueAsync(() => Task.FromResult(proxy.Holds), Patience);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task A_connection_from_before_is_reset()
    {
        lab.Hosts[0].Heal();
        using var client = await ConnectAsync();
        using var peer = await AcceptAsync();

        lab.Between(lab.Hosts[0], lab.Master, Port);
        await client.SendAsync(new byte[] { 7 });

        Assert.Equal(-1, await ReadAsync(client));
    }

    [Fact]
    public async Task Connections_overtake_each_other()
    {
        var delays = new Queue<TimeSpan>([TimeSpan.FromHours(1), TimeSpan.Zero]);
        proxy.Delay = () => delays.Dequeue();
        using var slow = await ConnectAsync();
        using var slowPeer = await AcceptAsync();
        await slow.SendAsync(new byte[] { 1 });
        await Eventually.TrueAsync(() => Task.FromResult(delays.Count == 1), Patience);
        using var fast = await ConnectAsync();
        using var fastPeer = await AcceptAsync();
        await fast.SendAsync(new byte[] { 2 });

        Assert.Equal(2, await ReadAsync(fastPeer));
        Assert.Equal(0, slowPeer.Available);
    }

    async Task<Socket> ConnectAsync()
    {
        var client = lab.Hosts[0].Network.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await client.ConnectAsync(new IPEndPoint(lab.Master.Address, Port));
        return client;
    }

    Task<Socket> AcceptAsync() => server.AcceptSocketAsync().WaitAsync(Patience);

    /// <summary>The next byte; -1 when none comes any more.</summary>
    static async Task<int> ReadAsync(Socket socket)
    {
        var piece = new byte[1];
        try
        {
            return await socket.ReceiveAsync(piece, SocketFlags.None).WaitAsync(Patience) == 0 ? -1 : piece[0];
        }
        catch (SocketException)
        {
            return -1;
        }
    }
}
