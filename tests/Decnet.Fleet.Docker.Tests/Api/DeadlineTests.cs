namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Testing;

[Collection(nameof(AloneCollection))]
public sealed class DeadlineTests
{
    static readonly FakeReply Large = FakeReply.Json($$"""{"message":"{{new string('x', 5000)}}","Id":"a"}""");

    static readonly FakeReply Terminal = FakeReply.Json("""{"Config":{"Tty":true}}""");

    /// <summary>Calls of each class, by the route that they take.</summary>
    static readonly Dictionary<string, Func<EngineClient, CancellationToken, Task>> Calls = new()
    {
        ["/_ping"] = (client, token) => client.System.PingAsync(token),
        ["/info"] = (client, token) => client.System.InfoAsync(token),
        ["/networks"] = (client, token) => client.Networks.ListAsync("{}", token),
        ["/containers/json"] = (client, token) => client.Containers.ListAsync("{}", ReadToEndAsync, token),
        ["/containers/create"] = (client, token) => client.Containers.CreateAsync(new ContainerCreate { Image = "x" }, "web-01", token),
        ["/containers/a/start"] = (client, token) => client.Containers.StartAsync("a", token),
        ["/containers/a/stop"] = (client, token) => client.Containers.StopAsync("a", TimeSpan.Zero, token),
        ["/containers/a"] = (client, token) => client.Containers.RemoveAsync("a", token),
        ["/containers/a/logs"] = async (client, token) => await client.Containers.LogsAsync("a", new LogQuery(), token).ToListAsync(token),
        ["/images/create"] = async (client, token) => await client.Images.PullAsync("busybox", null, token).ToListAsync(token),
        ["/images/load"] = async (client, token) => await client.Images.LoadAsync(new MemoryStream([1]), token).ToListAsync(token),
    };

    public static TheoryData<string, string> Stalls =>
        [.. from call in Calls.Keys from place in new[] { "head", "body" } select new TheoryDataRow<string, string>(call, place)];

    [Theory, Trait("Weakness", "L-2.3")]
    [MemberData(nameof(Stalls))]
    public async Task An_engine_that_stalls_in_head_or_body_is_given_up(string path, string place)
    {
        var timeouts = FakeEngine.Short with { Silence = TimeSpan.FromSeconds(1.5) };
        await using var engine = Stalling(path, place, timeouts);
        var call = Calls[path](engine.Client, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => call);
        Assert.Equal(RuntimeError.Timeout, error.Error);
        Assert.True(error.IsTransient);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(engine.Daemon.Endpoint, error.Message, StringComparison.Ordinal);

        await engine.Client.System.VersionAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections == 1));
    }

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task A_caller_that_gives_up_sees_its_own_cancellation(string path, string place)
    {
        await using var engine = Stalling(path, place, new EngineTimeouts());
        using var caller = new CancellationTokenSource();
        var call = Calls[path](engine.Client, caller.Token);
        await engine.Daemon.RequestedAsync("*", path, patience: TimeSpan.FromSeconds(10));
        await Task.Delay(50);
        await caller.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_at_once_count_as_the_callers_cancellation(bool callerFirst)
    {
        var clock = new FakeTimeProvider();
        await using var engine = FakeEngine.Start(clock: clock, pinned: new ApiVersion(1, 41)).On("GET", "/info", FakeReply.Hang);
        using var caller = new CancellationTokenSource();
        var end = new EngineTimeouts().Query + (callerFirst ? TimeSpan.Zero : TimeSpan.FromTicks(1));
        using var timer = clock.CreateTimer(_ => caller.Cancel(), null, end, Timeout.InfiniteTimeSpan);
        var call = Task.Run(() => engine.Client.System.InfoAsync(caller.Token));
        await engine.Daemon.RequestedAsync("GET", "/info");
        clock.Advance(end);
        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Waiting_for_a_version_counts_as_the_requests_time()
    {
        await using var engine = FakeEngine.Start(timeouts: FakeEngine.Short).On("HEAD", "/_ping", FakeReply.Hang, FakeReply.Text(""));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(CancellationToken.None));
        Assert.Equal(RuntimeError.Timeout, error.Error);
        await engine.Client.System.InfoAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_sends_nothing()
    {
        await using var engine = FakeEngine.Start();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Client.System.InfoAsync(new CancellationToken(true)));
        Assert.Empty(engine.Daemon.Requests);
    }

    [Fact]
    public async Task Calls_that_were_given_up_leave_no_exception_that_nobody_sees()
    {
        var unseen = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> note = (_, raised) => unseen.Add(raised.Exception);
        TaskScheduler.UnobservedTaskException += note;
        try
        {
            await GiveUpAsync();
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.Empty(unseen);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= note;
        }
    }

    static FakeEngine Stalling(string path, string place, EngineTimeouts timeouts) =>
        FakeEngine.Start("1.41", timeouts, new ApiVersion(1, 41))
            .On("GET", "/containers/a/json", Terminal)
            .On("*", path, place == "head" ? FakeReply.Hang : Large.StallAfter(100));

    static async Task<bool> ReadToEndAsync(Stream body, CancellationToken cancellationToken)
    {
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return true;
    }

    static async Task GiveUpAsync()
    {
        await using var engine = FakeEngine.Start(timeouts: FakeEngine.Short with { Query = TimeSpan.FromMilliseconds(50) })
            .On("GET", "/info", FakeReply.Hang, Large.StallAfter(10), FakeReply.Reset, Large.ResetAfter(10), FakeReply.Raw("x"));
        for (var call = 0; call < 20; call++)
        {
            using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(10 + (call * 5)));
            await Assert.ThrowsAnyAsync<Exception>(() => engine.Client.System.InfoAsync(caller.Token));
        }
    }
}
