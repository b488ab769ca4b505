namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Testing;

public sealed class ImageCallsTests
{
    const string Good = """{"status":"Pulling from library/busybox","id":"1.36"}""" + "\r\n"
        + """{"status":"Downloading","progressDetail":{"current":5,"total":9},"progress":"[=>]","id":"3f4d"}""" + "\r\n"
        + """{"status":"Digest: sha256:1"}""" + "\r\n";

    static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("busybox", "busybox", "latest")]
    [InlineData("busybox:1.36", "busybox", "1.36")]
    [InlineData("mirror.example:5000/library/busybox", "mirror.example:5000/library/busybox", "latest")]
    [InlineData("mirror.example:5000/busybox:1", "mirror.example:5000/busybox", "1")]
    [InlineData("busybox@sha256:ab", "busybox", "sha256:ab")]
    [InlineData("mirror.example:5000/busybox:1.36@sha256:ab", "mirror.example:5000/busybox", "sha256:ab")]
    public async Task A_pull_asks_for_one_image(string reference, string repository, string tag)
    {
        await using var engine = FakeEngine.Start().On("POST", "/images/create", FakeReply.Json(Good).SplitEvery(3));
        var messages = await engine.Client.Images.PullAsync(reference, "c2VjcmV0", None).ToListAsync(None);
        Assert.Equal(["Pulling from library/busybox", "Downloading", "Digest: sha256:1"], messages.Select(message => message.Status));
        Assert.Equal(9, messages[1].ProgressDetail!.Total);
        var request = engine.Daemon.Requests[^1];
        Assert.Equal((repository, tag), (request.Query["fromImage"], request.Query["tag"]));
        Assert.Equal("c2VjcmV0", request.Headers["X-Registry-Auth"]);
    }

    [Theory]
    [InlineData("""{"error":"no space left on device"}""", RuntimeError.Server)]
    [InlineData("""{"errorDetail":{"message":"no space left on device"}}""", RuntimeError.Server)]
    [InlineData("""{"errorDetail":{"code":401,"message":"no space left on device"},"error":"x"}""", RuntimeError.Forbidden)]
    [InlineData("""{"errorDetail":{"code":403,"message":"no space left on device"}}""", RuntimeError.Forbidden)]
    [InlineData("""{"errorDetail":{"code":404,"message":"no space left on device"}}""", RuntimeError.NotFound)]
    public async Task An_error_in_the_stream_fails_the_pull_after_what_came_before(string last, RuntimeError kind)
    {
        await using var engine = FakeEngine.Start().On("POST", "/images/create", FakeReply.Json(Good + last + "\r\n"));
        var seen = 0;
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () =>
        {
            await foreach (var message in engine.Client.Images.PullAsync("busybox:1.36", null, None))
            {
                seen++;
            }
        });
        Assert.Equal(3, seen);
        Assert.Equal(kind, error.Error);
        Assert.Equal("no space left on device", error.EngineMessage);
        Assert.Contains("busybox:1.36", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_in_a_build_is_no_status()
    {
        await using var engine = FakeEngine.Start().On("POST", "/build", FakeReply.Json(
            """{"stream":"Step 1/2 : FROM busybox"}""" + "\n" + """{"errorDetail":{"code":127,"message":"The command returned 127"},"error":"x"}"""));
        var error = await Assert.ThrowsAsync<DockerEngineException>(
            async () => await engine.Client.Images.BuildAsync(new MemoryStream([1]), new ImageBuild { Tag = "decnet/ssh:1" }, None).ToListAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Null(error.StatusCode);
        Assert.False(error.IsTransient);
    }

    public static TheoryData<string, FakeReply, RuntimeError> Cuts => new()
    {
        { "at the end of a message", FakeReply.Json(Good).Chunked().Truncated(Good.IndexOf('\n', StringComparison.Ordinal) + 1), RuntimeError.Unreachable },
        { "in a message", FakeReply.Json(Good).Chunked().Truncated(20), RuntimeError.Unreachable },
        { "by a reset", FakeReply.Json(Good).Chunked().ResetAfter(20), RuntimeError.Unreachable },
        { "of its length", FakeReply.Json(Good).Truncated(20), RuntimeError.Unreachable },
        { "unannounced", FakeReply.Json(Good[..^9]).WithoutContentLength(), RuntimeError.Unreachable },
        { "for another kind of text", FakeReply.Json(Good + "upstream failed"), RuntimeError.Server },
        { "for a page", FakeReply.Html(200), RuntimeError.Server },
        { "for a refusal", FakeReply.Error(404, "pull access denied for x"), RuntimeError.NotFound },
    };

    [Theory]
    [MemberData(nameof(Cuts), DisableDiscoveryEnumeration = true)]
    public async Task A_stream_that_does_not_end_well_is_no_success(string where, FakeReply reply, RuntimeError kind)
    {
        await using var engine = FakeEngine.Start().On("POST", "/images/create", reply);
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () => await engine.Client.Images.PullAsync("x", null, None).ToListAsync(None));
        Assert.True(kind == error.Error, $"{where}: {error.Message}");
    }

    [Fact]
    public async Task A_slow_pull_may_take_for_ever_and_a_silent_one_may_not()
    {
        var clock = new FakeTimeProvider();
        var chunks = new ChunkSource();
        await using var engine = FakeEngine.Start(clock: clock, pinned: new(1, 41)).On("POST", "/images/create", FakeReply.Stream(chunks.ReadAsync()));
        var silence = engine.Client.Connection.Timeouts.Silence;
        await using var messages = engine.Client.Images.PullAsync("x", null, None).GetAsyncEnumerator(None);
        for (var message = 0; message < 10; message++)
        {
            var next = messages.MoveNextAsync();
            await engine.Daemon.RequestedAsync("POST", "/images/create");
            clock.Advance(silence * 0.9);
            chunks.Add("""{"status":"Downloading"}""");
            Assert.True(await next);
            clock.Advance(silence * 2); // While the caller is busy, the engine owes nothing.
        }

        var last = messages.MoveNextAsync();
        clock.Advance(silence);
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () => await last);
        Assert.Equal(RuntimeError.Timeout, error.Error);
    }

    [Fact]
    public async Task A_caller_that_stops_early_ends_the_pull()
    {
        var chunks = new ChunkSource();
        await using var engine = FakeEngine.Start().On("POST", "/images/create", FakeReply.Stream(chunks.ReadAsync()));
        chunks.Add("{}");
        await foreach (var message in engine.Client.Images.PullAsync("x", null, None))
        {
            break;
        }

        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections == 0 || chunks.IsLeft));
    }

    [Fact]
    public async Task Archives_are_sent_whole_with_what_is_to_be_made_of_them()
    {
        var archive = Enumerable.Range(0, 300_000).Select(number => (byte)number).ToArray();
        await using var engine = FakeEngine.Start()
            .On("POST", "/images/load", FakeReply.Json("""{"stream":"Loaded image: decnet/ssh:1\n"}"""))
            .On("POST", "/images/create", FakeReply.Json("""{"status":"sha256:1"}"""))
            .On("POST", "/build", FakeReply.Json("""{"stream":"Step 1"}{"aux":{"ID":"sha256:2"}}{"stream":"Successfully built 2"}"""));

        await engine.Client.Images.LoadAsync(new MemoryStream(archive), None).ToListAsync(None);
        await engine.Client.Images.ImportAsync(new ChoppedStream(archive.Chunk(70_000)), "decnet/base:2", None).ToListAsync(None);
        var build = new ImageBuild
        {
            Tag = "decnet/ssh:1",
            Labels = new Dictionary<string, string> { ["a"] = "b" },
            Arguments = new Dictionary<string, string> { ["V"] = "1" },
        };
        var messages = await engine.Client.Images.BuildAsync(new MemoryStream(archive), build, None).ToListAsync(None);

        Assert.Equal("sha256:2", Assert.Single(messages, message => message.BuiltId is not null).BuiltId);
        var requests = engine.Daemon.Requests.Where(request => request.Method == "POST").ToList();
        Assert.All(requests, request => Assert.Equal(archive, request.Body));
        Assert.All(requests, request => Assert.Equal("application/x-tar", request.Headers["Content-Type"]));
        Assert.Equal(("-", "decnet/base", "2"), (requests[1].Query["fromSrc"], requests[1].Query["repo"], requests[1].Query["tag"]));
        Assert.Equal(("decnet/ssh:1", "Dockerfile"), (requests[2].Query["t"], requests[2].Query["dockerfile"]));
        Assert.Equal(("""{"a":"b"}""", """{"V":"1"}"""), (requests[2].Query["labels"], requests[2].Query["buildargs"]));
    }

    [Fact]
    public async Task An_archive_that_cannot_be_read_is_not_the_engines_fault()
    {
        await using var engine = FakeEngine.Start().On("POST", "/images/load", FakeReply.Json("{}"));
        var broken = new ChoppedStream([[1, 2]], _ => throw new IOException("the disk is gone"));
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () => await engine.Client.Images.LoadAsync(broken, None).ToListAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("the disk is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_is_sent_again_from_its_place_when_the_engine_was_exchanged()
    {
        await using var engine = FakeEngine.Start("1.47").On("POST", "/images/load", FakeReply.Json("{}"));
        await engine.Client.Connection.VersionAsync(None);
        await engine.Daemon.ListenAgainAsync("1.41");
        await engine.Client.Images.LoadAsync(new MemoryStream([9, 1, 2, 3]) { Position = 1 }, None).ToListAsync(None);
        Assert.Equal([1, 2, 3], engine.Daemon.Requests[^1].Body);
        Assert.Equal("1.41", engine.Daemon.Requests[^1].PathVersion);
    }
}
