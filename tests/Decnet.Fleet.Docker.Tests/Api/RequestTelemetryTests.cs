namespace Decnet.Fleet.Docker.Tests.Api;

using System.Diagnostics;
using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Api;
using Decnet.Testing;

public sealed class RequestTelemetryTests
{
    const string Requests = "decnet.engine.requests";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, FakeReply, string> Answers => new()
    {
        { "started", FakeReply.NoContent, "2xx" },
        { "runs already", FakeReply.NotModified, "3xx" },
        { "gone", FakeReply.Error(404, "No such container: a"), "4xx" },
        { "broken", FakeReply.Error(500, "oops"), "5xx" },
        { "not the engine's", FakeReply.Html(200), "server" },
        { "no answer", FakeReply.Reset, "unreachable" },
        { "silent", FakeReply.Hang, "timeout" },
    };

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public async Task Requests_are_counted_and_traced_by_what_came_of_them(string what, FakeReply reply, string outcome)
    {
        await using var engine = FakeEngine.Start(timeouts: FakeEngine.Short).On("POST", "/containers/a/start", reply);
        await engine.Client.System.PingAsync(Token);
        await engine.Client.Connection.VersionAsync(Token);
        using var recorder = new TelemetryRecorder();

        var failed = await Record.ExceptionAsync(() => engine.Client.Containers.StartAsync("a", Token)) is not null;

        Assert.True(recorder.Of(Requests).Contains($"1 method=POST outcome={outcome}"), $"{what}: {string.Join(", ", recorder.Of(Requests))}");
        Assert.EndsWith($" method=POST outcome={outcome}", Assert.Single(recorder.Of("decnet.engine.request.duration"), IsPost), StringComparison.Ordinal);
        var activity = Assert.Single(recorder.Ended, activity => activity.GetTagItem("method") is "POST");
        Assert.Equal(("decnet.engine.request", ActivityKind.Client), (activity.OperationName, activity.Kind));
        Assert.Equal(["method=POST", "path=/containers/a/start", $"outcome={outcome}"], activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Equal(failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset, activity.Status);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_failure_of_the_engine()
    {
        await using var engine = FakeEngine.Start().On("POST", "/containers/a/start", FakeReply.Hang);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var recorder = new TelemetryRecorder();

        var start = engine.Client.Containers.StartAsync("a", caller.Token);
        await engine.Daemon.RequestedAsync("POST", "/containers/a/start", patience: TimeSpan.FromSeconds(10));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        Assert.Equal(["1 method=POST outcome=cancelled"], recorder.Of(Requests).Where(IsPost));
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(recorder.Ended, activity => activity.GetTagItem("method") is "POST").Status);
    }

    [Fact]
    public async Task What_is_traced_holds_neither_queries_nor_credentials()
    {
        await using var engine = FakeEngine.Start().On("POST", "/images/create", FakeReply.Json("{}"));
        using var recorder = new TelemetryRecorder();

        await engine.Client.Images.PullAsync("registry.example/private", "c2VjcmV0", Token).ToListAsync(Token);

        var tags = recorder.Ended.SelectMany(activity => activity.TagObjects).Select(tag => $"{tag.Key}={tag.Value}").ToArray();
        Assert.Contains("path=/images/create", tags);
        Assert.DoesNotContain(tags, tag => tag.Contains('?') || tag.Contains("private", StringComparison.Ordinal) || tag.Contains("c2VjcmV0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_is_timed_until_it_begins()
    {
        byte[] body = [.. LogReaderTests.Frame(1, "up\n"u8)];
        await using var engine = FakeEngine.Start()
            .On("GET", "/containers/a/logs", new FakeReply { Body = body }.WithContentType("application/vnd.docker.multiplexed-stream").Truncated(3));
        await engine.Client.Connection.VersionAsync(Token);
        using var recorder = new TelemetryRecorder();

        await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.Containers.LogsAsync("a", new LogQuery(), Token).ToListAsync(Token).AsTask());

        Assert.Equal(["1 method=GET outcome=2xx"], recorder.Of(Requests));
    }

    [Fact]
    public async Task A_trace_adds_nothing_to_what_the_engine_is_sent()
    {
        await using var engine = FakeEngine.Start().On("POST", "/containers/a/start", FakeReply.NoContent);
        using var recorder = new TelemetryRecorder();

        await engine.Client.Containers.StartAsync("a", Token);

        Assert.NotEmpty(recorder.Ended);
        Assert.All(engine.Daemon.Requests, request => Assert.DoesNotContain("traceparent", request.Headers.Keys));
    }

    static bool IsPost(string measurement) => measurement.Contains("method=POST", StringComparison.Ordinal);
}
