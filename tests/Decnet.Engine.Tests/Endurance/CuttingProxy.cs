namespace Decnet.Engine.Tests.Endurance;

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

/// <summary>
/// A way to a server that leads through here, where connections are cut and what they carry is slowed down or held back. What was
/// sent before its sender gave up still arrives, late.
/// </summary>
sealed class CuttingProxy : IAsyncDisposable
{
    const int PieceSize = 16 * 1024;
    const int MostPieces = 1024;

    readonly Socket listener;
    readonly Func<Task<Socket>> connect;
    readonly HashSet<Socket> open = [];
    readonly TaskCompletionSource ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task accepting;
    readonly Gate requests = new();
    readonly Gate answers = new();
    long answeredUntil;

    /// <summary>Makes one between unix sockets.</summary>
    /// <param name="path">Where it listens.</param>
    /// <param name="upstream">The path of the engine's socket.</param>
    public CuttingProxy(string path, string upstream)
        : this(Listen(path), () => ConnectAsync(upstream))
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="listener">Where it listens; it is the proxy's from now on.</param>
    /// <param name="connect">Connects to the server, once for each connection that is accepted.</param>
    public CuttingProxy(Socket listener, Func<Task<Socket>> connect)
    {
        (this.listener, this.connect) = (listener, connect);
        accepting = AcceptAsync();
    }

    /// <summary>A text of requests that never reach the engine, and so get no answer; null lets all through.</summary>
    public string? Held { get; init; }

    /// <summary>How long the next piece of any connection waits here. Connections overtake each other when it varies.</summary>
    public Func<TimeSpan> Delay { get; set; } = () => TimeSpan.Zero;

    /// <summary>Where it listens.</summary>
    public EndPoint EndPoint => listener.LocalEndPoint!;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted { get; private set; }

    /// <summary>Whether anything is held back.</summary>
    public bool Holds => requests.Waiting + answers.Waiting > 0;

    /// <summary>Keeps back what clients send from now on, until it is released.</summary>
    public void HoldRequests() => requests.Close();

    /// <summary>Keeps back what the server answers from now on: it does what it was asked, and nobody hears of it.</summary>
    /// <param name="after">Only on connections that have brought more bytes than these, such as those of a handshake.</param>
    public void HoldAnswers(long after = 0)
    {
        Interlocked.Exchange(ref answeredUntil, after);
        answers.Close();
    }

    /// <summary>Lets go of all that was held back.</summary>
    public void Release()
    {
        requests.Open();
        answers.Open();
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
        Release();
        ending.SetResult();
    }

    static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(64);
        return listener;
    }

    static async Task<Socket> ConnectAsync(string upstream)
    {
        var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await engine.ConnectAsync(new UnixDomainSocketEndPoint(upstream));
        return engine;
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptAsync());
                Accepted++;
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It is disposed.
        }
    }

    async Task CarryAsync(Socket client)
    {
        using var accepted = client;
        using var server = await connect();
        lock (open)
        {
            open.Add(client);
            open.Add(server);
        }

        var asked = 0L;
        await Task.WhenAll(
            CopyAsync(client, server, piece =>
            {
                Interlocked.Add(ref asked, piece.Length);
                return PassRequestAsync(piece);
            }),
            CopyAsync(server, client, _ => Interlocked.Read(ref asked) >= Interlocked.Read(ref answeredUntil) ? PassAsync(answers) : Task.CompletedTask));
        lock (open)
        {
            open.Remove(client);
            open.Remove(server);
        }
    }

    async Task PassRequestAsync(ReadOnlyMemory<byte> piece)
    {
        if (Held is not null && piece.Span.IndexOf(Encoding.ASCII.GetBytes(Held)) >= 0)
        {
            await ending.Task;
        }

        await PassAsync(requests);
    }

    async Task PassAsync(Gate gate)
    {
        await gate.PassAsync();
        await Task.WhenAny(Task.Delay(Delay()), ending.Task);
    }

    static async Task CopyAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, Task> passing)
    {
        var pieces = Channel.CreateBounded<byte[]>(MostPieces);
        await Task.WhenAll(ReadAsync(from, pieces.Writer), WriteAsync(pieces, to, passing));
    }

    static async Task ReadAsync(Socket from, ChannelWriter<byte[]> pieces)
    {
        var piece = new byte[PieceSize];
        try
        {
            while (await from.ReceiveAsync(piece, SocketFlags.None) is > 0 and var count)
            {
                await pieces.WriteAsync(piece[..count]);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or ChannelClosedException)
        {
            // One of the two ends is gone. What it sent before is passed on.
        }

        pieces.TryComplete();
    }

    static async Task WriteAsync(Channel<byte[]> pieces, Socket to, Func<ReadOnlyMemory<byte>, Task> passing)
    {
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync())
            {
                await passing(piece);
                await to.SendAsync(piece, SocketFlags.None);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // It takes nothing any more, so its partner need not send any more either.
            pieces.Writer.TryComplete();
            to.Dispose();
        }
    }
}
