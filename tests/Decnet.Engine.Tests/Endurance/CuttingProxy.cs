namespace Decnet.Engine.Tests.Endurance;

using System.Net.Sockets;
using System.Text;

/// <summary>A unix socket that leads to the one of an engine, until all connections through it are cut.</summary>
sealed class CuttingProxy : IAsyncDisposable
{
    readonly string upstream;
    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly HashSet<Socket> open = [];
    readonly TaskCompletionSource ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <summary>A text of requests that never reach the engine, and so get no answer; null lets all through.</summary>
    public string? Held { get; init; }

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
        ending.SetResult();
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

            await Task.WhenAny(CopyAsync(client, engine, HoldAsync), CopyAsync(engine, client, _ => Task.CompletedTask));
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

    Task HoldAsync(ReadOnlyMemory<byte> request) =>
        Held is not null && request.Span.IndexOf(Encoding.ASCII.GetBytes(Held)) >= 0 ? ending.Task : Task.CompletedTask;

    static async Task CopyAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, Task> passing)
    {
        var piece = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(piece, SocketFlags.None) is > 0 and var count)
            {
                await passing(piece.AsMemory(0, count));
                await to.SendAsync(piece.AsMemory(0, count), SocketFlags.None);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // One of the two ends is gone, and with it the connection.
        }
    }
}
