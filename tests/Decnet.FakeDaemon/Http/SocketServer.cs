namespace Decnet.FakeDaemon.Http;

using System.Collections.Concurrent;
using System.Net.Sockets;

/// <summary>Accepts connections until it is disposed, which ends them all.</summary>
sealed class SocketServer : IAsyncDisposable
{
    readonly Socket _listener;
    readonly Func<Socket, FakeConnection> _serve;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<FakeConnection, Task> _connections = new();
    readonly Task _accepting;

    public SocketServer(Socket listener, Func<Socket, FakeConnection> serve)
    {
        _listener = listener;
        _serve = serve;
        _accepting = Task.Run(AcceptAsync);
    }

    public int OpenConnections => _connections.Count;

    public async Task CutConnectionsAsync()
    {
        var open = _connections.ToArray();
        foreach (var (connection, _) in open)
        {
            connection.Cut();
        }

        await Task.WhenAll(open.Select(pair => pair.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await CutConnectionsAsync();
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Start(_serve(await _listener.AcceptAsync(_stop.Token)));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!_stop.IsCancellationRequested)
                {
                    continue;
                }
            }
        }
    }

    void Start(FakeConnection connection)
    {
        var begin = new TaskCompletionSource();
        _connections[connection] = RunAsync(connection, begin.Task);
        begin.SetResult();
    }

    async Task RunAsync(FakeConnection connection, Task begin)
    {
        await begin;
        await connection.RunAsync();
        _connections.TryRemove(connection, out _);
    }
}
