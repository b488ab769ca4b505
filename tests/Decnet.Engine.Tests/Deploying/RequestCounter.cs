namespace Decnet.Engine.Tests.Deploying;

using System.Net.Sockets;
using System.Text;

/// <summary>Stands between the runtime and the engine, passes every byte on, and notes the requests. Without an engine it refuses too.</summary>
sealed class RequestCounter : IAsyncDisposable
{
    static readonly string[] Methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE "];

    readonly string enginePath;
    readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    readonly CancellationTokenSource stopping = new();
    readonly List<string> requests = [];
    readonly Task accepting;

    internal RequestCounter(string enginePath, string path)
    {
        this.enginePath = enginePath;
        Endpoint = "unix://" + path;
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        accepting = AcceptAsync();
    }

    internal string Endpoint { get; }

    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await listener.AcceptAsync(stopping.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task RelayAsync(Socket client)
    {
        using (client)
        using (var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            try
            {
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(enginePath), stopping.Token);
                // Whoever closes first ends the connection for both.
                await await Task.WhenAny(CopyAsync(client, engine, Note), CopyAsync(engine, client, _ => { }));
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The connection is closed on both sides: that is how the runtime hears of it.
            }
        }
    }

    async Task CopyAsync(Socket from, Socket to, Action<string> note)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, stopping.Token) is > 0 and var count)
        {
            note(Encoding.Latin1.GetString(buffer, 0, count));
            await to.SendAsync(buffer.AsMemory(0, count), stopping.Token);
        }
    }

    /// <summary>Notes the first line of a request. The client sends none before the last one is answered, and the head of each at once.</summary>
    void Note(string sent)
    {
        var line = sent.Split('\r', 2)[0];
        if (line.EndsWith(" HTTP/1.1", StringComparison.Ordinal) && Methods.Any(method => line.StartsWith(method, StringComparison.Ordinal)))
        {
            lock (requests)
            {
                requests.Add(line[..^" HTTP/1.1".Length]);
            }
        }
    }
}
