namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;

/// <summary>What changes something can be repeated: done already is done.</summary>
public sealed class RepeatingTests
{
    static readonly CancellationToken None = CancellationToken.None;
    static readonly FakeReply Missing = FakeReply.Error(404, "No such thing");
    static readonly FakeReply Busy = FakeReply.Error(409, "removal of container a is already in progress");

    [Fact]
    public async Task Starting_what_runs_and_stopping_what_is_stopped_succeed()
    {
        await using var engine = FakeEngine.Start().On("POST", "/containers/a/*", FakeReply.NotModified);
        await engine.Client.Containers.StartAsync("a", None);
        await engine.Client.Containers.StopAsync("a", TimeSpan.FromSeconds(1.2), None);
        Assert.Equal(["POST /v1.47/containers/a/start", "POST /v1.47/containers/a/stop?t=2"], engine.Calls);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_grace_without_end_is_refused(long ticks)
    {
        await using var engine = FakeEngine.Start().On("POST", "/containers/a/*", FakeReply.NotModified);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.Client.Containers.StopAsync("a", TimeSpan.FromTicks(ticks), None));
        Assert.Empty(engine.Daemon.Requests);
    }

    [Fact]
    public async Task Removing_what_is_gone_succeeds()
    {
        await using var engine = FakeEngine.Start().On("DELETE", "*", Missing);
        await engine.Client.Containers.RemoveAsync("a", None);
        await engine.Client.Networks.RemoveAsync("n", None);
        await engine.Client.Images.RemoveAsync("decnet/ssh:1", force: false, None);
        Assert.Equal("/images/decnet/ssh:1", engine.Daemon.Requests[^1].Path);
    }

    [Fact]
    public async Task Starting_what_is_gone_is_an_error()
    {
        await using var engine = FakeEngine.Start().On("POST", "*", Missing);
        foreach (var call in new[] { engine.Client.Containers.StartAsync("a", None), engine.Client.Containers.StopAsync("a", default, None) })
        {
            Assert.Equal(RuntimeError.NotFound, (await Assert.ThrowsAsync<DockerEngineException>(() => call)).Error);
        }
    }

    public static TheoryData<string, FakeReply> Ends => new()
    {
        { "waited", FakeReply.Json("""{"StatusCode":0}""") },
        { "gone before the wait", Missing },
    };

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public async Task A_removal_by_somebody_else_is_waited_for(string what, FakeReply end)
    {
        await using var engine = FakeEngine.Start()
            .On("DELETE", "/containers/a", Busy)
            .On("POST", "/containers/a/wait", end.DelayHeaders(TimeSpan.FromMilliseconds(100)));
        await engine.Client.Containers.RemoveAsync("a", None);
        Assert.True(engine.Daemon.Requests[^1].Query["condition"] == "removed", what);
    }

    [Fact]
    public async Task A_removal_by_somebody_else_that_fails_is_a_conflict()
    {
        await using var engine = FakeEngine.Start().On("DELETE", "/containers/a", Busy)
            .On("POST", "/containers/a/wait", FakeReply.Json("""{"StatusCode":-1,"Error":{"Message":"device busy"}}"""));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.Containers.RemoveAsync("a", None));
        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Contains("already in progress", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_by_somebody_else_that_does_not_end_is_given_up()
    {
        await using var engine = FakeEngine.Start(timeouts: FakeEngine.Short).On("DELETE", "/containers/a", Busy)
            .On("POST", "/containers/a/wait", FakeReply.Json("""{"StatusCode":0}""").StallAfter(0));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.Containers.RemoveAsync("a", None));
        Assert.Equal(RuntimeError.Timeout, error.Error);
        Assert.True(error.IsTransient);
    }
}
