namespace Decnet.FakeDaemon;

using Decnet.FakeDaemon.Engine;
using Decnet.FakeDaemon.Http;

/// <summary>
/// A scriptable Docker daemon on a real unix socket, for faults and for scale. It answers pings and its version by itself, all else by
/// the handlers that a test registers, and it controls every byte that it sends.
/// </summary>
public sealed class FakeDaemon : IAsyncDisposable
{
    readonly Arrivals<FakeRequest> _log = new();
    readonly RouteTable _routes = new();
    readonly FakeDaemonOptions _options;
    readonly SocketFile _file;
    readonly Lock _lock = new();
    readonly SemaphoreSlim _turning = new(1, 1);
    readonly List<Exception> _failures = [];
    EngineRelease _release;
    SocketServer? _server;
    int _accepted;
    bool _disposed;

    FakeDaemon(FakeDaemonOptions options)
    {
        _options = options;
        _release = EngineRelease.Speaking(options, options.ApiVersion);
        _file = new SocketFile(options.SocketPath);
    }

    /// <summary>The address: <c>unix:///tmp/…/docker.sock</c>.</summary>
    public string Endpoint => "unix://" + _file.Path;

    /// <summary>The path of the socket.</summary>
    public string SocketPath => _file.Path;

    /// <summary>The newest version of the API that it speaks now.</summary>
    public string ApiVersion => _release.ApiVersion;

    /// <summary>All requests until now, in the order in which they were read to their end.</summary>
    public IReadOnlyList<FakeRequest> Requests => _log.Snapshot();

    /// <summary>How many connections are open now.</summary>
    public int OpenConnections => _server?.OpenConnections ?? 0;

    /// <summary>How many connections were ever accepted.</summary>
    public int AcceptedConnections => Volatile.Read(ref _accepted);

    /// <summary>The exceptions of handlers and streams of the test.</summary>
    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>Starts a daemon that listens at once.</summary>
    public static FakeDaemon Start(FakeDaemonOptions? options = null)
    {
        var daemon = new FakeDaemon(options ?? new());
        daemon.Listen();
        return daemon;
    }

    /// <summary>Registers replies; later registrations go before earlier ones.</summary>
    /// <param name="method">The method, or <c>*</c>.</param>
    /// <param name="pathPattern">
    /// The path without version and query, in which <c>*</c> stands for any characters, slashes too. With a version at its
    /// beginning it is that version's path only.
    /// </param>
    /// <param name="inTurn">The replies in turn; the last is given for ever.</param>
    public FakeDaemon On(string method, string pathPattern, params FakeReply[] inTurn)
    {
        ArgumentOutOfRangeException.ThrowIfZero(inTurn.Length);
        var next = -1;
        return On(method, pathPattern, _ => inTurn[Math.Min(Interlocked.Increment(ref next), inTurn.Length - 1)]);
    }

    /// <summary>Registers a handler.</summary>
    /// <inheritdoc cref="On(string, string, FakeReply[])"/>
    public FakeDaemon On(string method, string pathPattern, Func<FakeRequest, FakeReply> handler) =>
        On(method, pathPattern, (request, _) => Task.FromResult(handler(request)));

    /// <summary>Registers a handler that may wait; its token is cancelled when the client or the daemon goes.</summary>
    /// <inheritdoc cref="On(string, string, FakeReply[])"/>
    public FakeDaemon On(string method, string pathPattern, Func<FakeRequest, CancellationToken, Task<FakeReply>> handler)
    {
        _routes.Add(method, pathPattern, handler);
        return this;
    }

    /// <summary>Waits until so many requests have come, and gives the last of them.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public Task<FakeRequest> RequestedAsync(string method, string pathPattern, int times = 1, TimeSpan? patience = null) =>
        _log.WaitAsync(new RoutePattern(method, pathPattern).Matches, times, patience ?? TimeSpan.FromMinutes(1));

    /// <summary>Cuts all connections, and goes on listening.</summary>
    public Task CutConnectionsAsync() => _server?.CutConnectionsAsync() ?? Task.CompletedTask;

    /// <summary>The engine goes: its socket is removed, and all connections are cut.</summary>
    public async Task StopListeningAsync()
    {
        await _turning.WaitAsync();
        try
        {
            await EndServerAsync();
        }
        finally
        {
            _turning.Release();
        }
    }

    /// <summary>The engine comes back on the same path.</summary>
    /// <param name="apiVersion">The version that it speaks now; null for the one of before.</param>
    public async Task ListenAgainAsync(string? apiVersion = null)
    {
        await _turning.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            await EndServerAsync();
            _release = apiVersion is null ? _release : EngineRelease.Speaking(_options, apiVersion);
            Listen();
        }
        finally
        {
            _turning.Release();
        }
    }

    /// <summary>Ends every connection and task, and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turning.WaitAsync();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                await EndServerAsync();
                _file.Dispose();
            }
        }
        finally
        {
            _turning.Release();
        }
    }

    void Listen() => _server = new SocketServer(_file.Listen(), Serve);

    async Task EndServerAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
            _server = null;
            _file.Remove();
        }
    }

    FakeConnection Serve(System.Net.Sockets.Socket socket) =>
        new(socket, Interlocked.Increment(ref _accepted), new Responder(_release, _options, _routes, _log, Fail));

    void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
        }
    }
}
