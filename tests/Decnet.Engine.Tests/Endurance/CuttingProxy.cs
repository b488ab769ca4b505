namespace Decnet.Engine.Tests.Endurance;

using System.Net.Sockets;

/// <summary>A unix socket that leads to the one of an engine, until all connections through it are cut.</summary>
sealed class CuttingProxy : IAsyncDisposable
{
    readonly string upstream;
    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly HashSet<Socket> open = [];
    readonly Task accepting;

    /// <summary>Makes one.</summary>
    /// <param name="path">Where it listens.</param>
    /// <param name="upstream">The path of the engine's socket.</param>
    public CuttingProxy(string path, string upstream)
    {
        this.upstream = upstream;
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    /// <summary>Ends all connections at once, both ends of each, without a word.</summary>
    /// <returns>How many there were.</returns>
    public int Cut()
    {
        lock (open)
        {
            var cut = open.Count / 2;
            foreach (var socket in open)
            {
                socket.Dispose();
            }

            open.Clear();
            return cut;
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        Cut();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It is disposed.
        }
    }

    async Task CarryAsync(Socket client)
    {
        var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(upstream));
            lock (open)
            {
                open.Add(client);
                open.Add(engine);
            }

            await Task.WhenAny(CopyAsync(client, engine), CopyAsync(engine, client));
        }
        finally
        {
            lock (open)
            {
                open.Remove(client);
                open.Remove(engine);
            }

            client.Dispose();
            engine.Dispose();
        }
    }

    static async Task CopyAsync(Socket from, Socket to)
    {
        var piece = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(piece, SocketFlags.None) is > 0 and var count)
            {
                await to.SendAsync(piece.AsMemory(0, count), SocketFlags.None);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // One of the two ends is gone, and with it the connection.
        }
    }
}
