namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

/// <summary>A server that answers each request of each connection with <c>OK</c>, over any kind of stream.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    readonly Socket _listener;
    readonly Func<Stream, Task<Stream>> _secure;
    readonly CancellationTokenSource _end = new();
    readonly ConcurrentBag<Task> _work = [];
    int _connections;

    public AnsweringServer(EndPoint address, Func<Stream, Task<Stream>>? secure = null)
    {
        _secure = secure ?? Task.FromResult;
        _listener = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(address);
        _listener.Listen();
        _work.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int Connections => _connections;

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>Answers each request that a stream brings until it ends.</summary>
    public static async Task AnswerAsync(Stream stream, Action<string> requested, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        StringBuilder head = new();
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            if (head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                requested(head.ToString());
                head.Clear();
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"u8.ToArray(), cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_work);
        _end.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _work.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task ServeAsync(Socket client)
    {
        try
        {
            await using NetworkStream network = new(client, ownsSocket: true);
            await using Stream stream = await _secure(network);
            await AnswerAsync(stream, Requests.Enqueue, _end.Token);
        }
        catch (Exception exception)
        {
            Failures.Enqueue(exception);
        }
    }
}
