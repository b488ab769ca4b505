namespace Decnet.Fleet.Docker.Tests.Watching;

using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Fleet.Docker.Watching;
using Microsoft.Extensions.Logging.Abstractions;

public sealed class ClosedClientTests
{
    [Fact]
    public async Task Who_follows_an_engine_hears_that_its_client_was_closed()
    {
        await using var engine = FakeEngine.Start().On("GET", "/events", FakeReply.Stream(new ChunkSource().ReadAsync(), "application/json"));
        var watcher = new ContainerWatcher(engine.Client, TimeProvider.System, () => new Random(1), NullLogger.Instance, FleetProject.Default);
        var signals = watcher.WatchAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await signals.MoveNextAsync());
        var next = signals.MoveNextAsync().AsTask();
        engine.Client.Dispose();
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => next.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("was closed", error.Message, StringComparison.Ordinal);
    }
}
