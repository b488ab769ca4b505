namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

/// <summary>A fake daemon and a client that speaks with it.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    internal static readonly EngineTimeouts Short = new()
    {
        Query = TimeSpan.FromSeconds(1),
        Change = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromSeconds(1),
    };

    FakeEngine(FakeDaemon daemon, EngineClient client) => (Daemon, Client) = (daemon, client);

    internal FakeDaemon Daemon { get; }

    internal EngineClient Client { get; }

    /// <summary>The requests by method and path, without pings.</summary>
    internal IEnumerable<string> Calls => Daemon.Requests.Where(request => request.Path != "/_ping").Select(request => request.ToString());

    internal int Pings => Daemon.Requests.Count(request => request.Path == "/_ping");

    internal static FakeEngine Start(
        string version = "1.47", EngineTimeouts? timeouts = null, ApiVersion? pinned = null, TimeProvider? clock = null, TransportOptions? transport = null)
    {
        var daemon = FakeDaemon.Start(new FakeDaemonOptions { ApiVersion = version });
        return new FakeEngine(daemon, EngineClient.Create(DockerEndpoint.Parse(daemon.Endpoint), timeouts, pinned, clock, transport));
    }

    internal FakeEngine On(string method, string path, params FakeReply[] inTurn)
    {
        Daemon.On(method, path, inTurn);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Daemon.DisposeAsync();
        Assert.Empty(Daemon.Failures);
    }
}
