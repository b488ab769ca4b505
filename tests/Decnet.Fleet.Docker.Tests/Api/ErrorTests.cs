namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Endpoints;

public sealed class ErrorTests
{
    static readonly CancellationToken None = CancellationToken.None;

    static readonly FakeReply Version = FakeReply.Json("""{"Version":"27.5.1","ApiVersion":"1.47"}""");

    public static TheoryData<string, FakeReply, RuntimeError, string> Refusals => new()
    {
        { "JSON", FakeReply.Error(404, "No such image: x"), RuntimeError.NotFound, "No such image: x" },
        { "missing in words only", FakeReply.Error(500, "network decnet_lan not found"), RuntimeError.Server, "not found" },
        { "of a proxy", FakeReply.Html(502), RuntimeError.Server, "status 502" },
        { "for people", FakeReply.Html(403, "<!DOCTYPE html><style>b{}</style><h1>Access\n denied</h1>"), RuntimeError.Forbidden, "status 403: Access denied" },
        { "text", FakeReply.Text("  try\r\n\tlater\u0007 ", 503), RuntimeError.Server, "status 503: try later" },
        { "empty", FakeReply.Text("", 500), RuntimeError.Server, "no explanation (Internal Server Error)" },
        { "text as JSON", FakeReply.Json("oops", 400), RuntimeError.Invalid, "oops" },
        { "null", FakeReply.Json("null", 500), RuntimeError.Server, "status 500" },
        { "an array", FakeReply.Json("[1]", 500), RuntimeError.Server, "[1]" },
        { "another type", FakeReply.Json("""{"message":{"a":1}}""", 409), RuntimeError.Conflict, "status 409" },
        { "truncated", FakeReply.Error(409, "The name is taken by somebody").Truncated(20), RuntimeError.Conflict, "The name" },
        { "reset in the body", FakeReply.Error(409, "The name is taken by somebody").ResetAfter(20), RuntimeError.Conflict, "status 409" },
        { "unauthorized", FakeReply.Error(401, "authentication required"), RuntimeError.Forbidden, "authentication required" },
        { "forbidden", FakeReply.Error(403, "not allowed by policy"), RuntimeError.Forbidden, "not allowed by policy" },
        { "too many", FakeReply.Error(429, "toomanyrequests"), RuntimeError.Server, "toomanyrequests" },
        { "time-out of a proxy", FakeReply.Text("", 408), RuntimeError.Server, "status 408" },
        { "not made", FakeReply.Error(501, "not supported"), RuntimeError.Invalid, "not supported" },
        { "elsewhere", FakeReply.Text("", 301).WithHeader("Location", "/v1.47/version"), RuntimeError.Invalid, "status 301" },
        { "no content", FakeReply.NotModified, RuntimeError.Invalid, "status 304" },
        { "long", FakeReply.Error(500, new string('w', 5000)), RuntimeError.Server, "www…" },
        { "endless", FakeReply.Text(new string('w', 500_000), 500), RuntimeError.Server, "www…" },
    };

    [Theory, Trait("Weakness", "L-2.3")]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task A_refusal_says_what_the_engine_said(string what, FakeReply reply, RuntimeError kind, string words)
    {
        await using var engine = FakeEngine.Start().On("GET", "/version", reply);
        var error = await FailAsync(engine, kind);
        Assert.True(error.Message.Contains(words, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.Equal(reply.Status, error.StatusCode);
        Assert.Equal("GET /version", error.Request);
    }

    public static TheoryData<string, FakeReply, RuntimeError> Damages => new()
    {
        { "not HTTP", FakeReply.Raw("SSH-2.0-OpenSSH_9.2\r\n\r\n").CloseAfter(), RuntimeError.Server },
        { "a page", FakeReply.Html(200), RuntimeError.Server },
        { "text", FakeReply.Text("OK"), RuntimeError.Server },
        { "nothing", FakeReply.Json(""), RuntimeError.Server },
        { "null", FakeReply.Json("null"), RuntimeError.Server },
        { "an array", FakeReply.Json("[]"), RuntimeError.Server },
        { "another type", FakeReply.Json("""{"Version":7}"""), RuntimeError.Server },
        { "half a character", FakeReply.Json("""{"Version":"\ud800"}"""), RuntimeError.Server },
        { "two values", FakeReply.Json("{}{}"), RuntimeError.Server },
        { "no content", FakeReply.NoContent, RuntimeError.Server },
        { "half of it", FakeReply.Json("""{"Version":"27"}""").Truncated(5), RuntimeError.Unreachable },
        { "half of a chunk", FakeReply.Json("""{"Version":"27"}""").Chunked().Truncated(5), RuntimeError.Unreachable },
        { "half of it unannounced", FakeReply.Json("""{"Version":"27" """).WithoutContentLength(), RuntimeError.Server },
        { "a length that is too long", FakeReply.Raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}").CloseAfter(), RuntimeError.Unreachable },
        { "chunks that are none", FakeReply.Raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}").CloseAfter(), RuntimeError.Server },
        { "a reset before", FakeReply.Reset, RuntimeError.Unreachable },
        { "a reset in the head", FakeReply.Raw("HTTP/1.1 200 OK\r\nContent-").ResetAfter(20), RuntimeError.Unreachable },
        { "a reset after the head", FakeReply.Json("""{"Version":"27"}""").ResetAfter(0), RuntimeError.Unreachable },
    };

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task A_damaged_answer_is_an_error_and_the_next_call_is_well(string what, FakeReply reply, RuntimeError kind)
    {
        await using var engine = FakeEngine.Start().On("GET", "/version", reply, Version);
        var error = await FailAsync(engine, kind);
        Assert.True(error.IsTransient, what);
        Assert.Equal("27.5.1", (await engine.Client.System.VersionAsync(None)).Version);
    }

    [Fact]
    public async Task Actions_are_done_only_when_the_engine_says_so()
    {
        await using var engine = FakeEngine.Start()
            .On("POST", "/containers/page/start", FakeReply.Html(200))
            .On("POST", "/containers/moved/start", FakeReply.Text("", 302).WithHeader("Location", "/elsewhere"))
            .On("POST", "/containers/half/start", FakeReply.Text("started").Truncated(3));
        foreach (var id in new[] { "page", "moved", "half" })
        {
            await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.Containers.StartAsync(id, None));
        }

        Assert.DoesNotContain(engine.Daemon.Requests, request => request.Path == "/elsewhere");
    }

    [Fact]
    public async Task A_connection_that_ended_while_it_was_idle_is_replaced_but_a_creation_is_never_sent_twice()
    {
        await using var engine = FakeEngine.Start()
            .On("GET", "/version", Version, FakeReply.Close, Version)
            .On("POST", "/containers/create", FakeReply.Close, FakeReply.Json("""{"Id":"c"}""", 201));
        await engine.Client.System.VersionAsync(None);
        await engine.Client.System.VersionAsync(None);

        var error = await Assert.ThrowsAsync<DockerEngineException>(() => CreateAsync(engine));
        Assert.Equal(RuntimeError.Unreachable, error.Error);
        Assert.Single(engine.Calls, call => call.Contains("/containers/create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_explained()
    {
        using var client = EngineClient.Create(DockerEndpoint.Parse("unix:///tmp/no-such-folder/docker.sock"));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => client.System.InfoAsync(None));
        Assert.Equal(RuntimeError.Unreachable, error.Error);
        Assert.Contains("There is no socket '/tmp/no-such-folder/docker.sock'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_client_says_so()
    {
        await using var engine = FakeEngine.Start().On("GET", "/info", FakeReply.Hang);
        var call = engine.Client.System.InfoAsync(None);
        await engine.Daemon.RequestedAsync("GET", "/info");
        engine.Client.Dispose();
        foreach (var closed in new[] { call, engine.Client.System.InfoAsync(None) })
        {
            Assert.Contains("closed", (await Assert.ThrowsAsync<DockerEngineException>(() => closed)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../b")]
    public async Task Ids_that_would_make_another_path_are_not_sent(string id)
    {
        await using var engine = FakeEngine.Start();
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.Containers.InspectAsync(id, None));
        Assert.Empty(engine.Daemon.Requests);
    }

    [Fact]
    public async Task Warnings_of_a_creation_reach_the_caller_and_so_does_a_missing_id()
    {
        await using var engine = FakeEngine.Start().On(
            "POST",
            "/containers/create",
            FakeReply.Json("""{"Id":"c","Warnings":["no swap limit"]}""", 201),
            FakeReply.Json("""{"Warnings":null}""", 201));
        var created = await CreateAsync(engine);
        Assert.Equal(["no swap limit"], created.Warnings!);

        var error = await Assert.ThrowsAsync<DockerEngineException>(() => CreateAsync(engine));
        Assert.Contains("web-01", error.Message, StringComparison.Ordinal);
        Assert.Equal(RuntimeError.Server, error.Error);
    }

    static Task<CreatedContainer> CreateAsync(FakeEngine engine) =>
        engine.Client.Containers.CreateAsync(new ContainerCreate { Image = "x" }, "web-01", None);

    static async Task<DockerEngineException> FailAsync(FakeEngine engine, RuntimeError kind)
    {
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.VersionAsync(None).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(kind, error.Error);
        Assert.Equal(kind is RuntimeError.Server or RuntimeError.Unreachable, error.IsTransient);
        Assert.Contains(engine.Daemon.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 20, 1200);
        Assert.DoesNotContain(error.Message, char.IsControl);
        return error;
    }
}
