namespace Decnet.Fleet.Docker.Tests.Api;

using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging.Abstractions;

public sealed class NegotiationTests
{
    static readonly CancellationToken None = CancellationToken.None;

    static readonly ContainerSpec Base = new()
    {
        Name = "web-01",
        Role = ContainerRole.Base,
        Image = "busybox:1.36",
        NetworkName = "decnet_lan",
        MacAddress = MacAddress.Parse("02:42:c6:13:00:0a"),
        ConfigHash = "hash",
    };

    static readonly FakeReply Nameless = FakeReply.Text("OK").WithoutEngineHeaders();

    [Fact]
    public async Task The_engine_is_asked_once_by_HEAD_without_a_version()
    {
        await using var engine = FakeEngine.Start("1.47");
        for (var call = 0; call < 20; call++)
        {
            await engine.Client.System.InfoAsync(None);
        }

        Assert.Equal("HEAD /_ping", engine.Daemon.Requests[0].ToString());
        Assert.All(engine.Daemon.Requests.Skip(1), request => Assert.Equal("GET /v1.47/info", request.ToString()));
        Assert.Equal(21, engine.Daemon.Requests.Count);
        Assert.Equal(1, engine.Daemon.AcceptedConnections);
    }

    [Fact, Trait("Weakness", "L-2.1")]
    public async Task Making_a_client_asks_nobody()
    {
        await using var engine = FakeEngine.Start();
        Assert.Equal(0, engine.Daemon.AcceptedConnections);
    }

    public static TheoryData<string, FakeReply> SpoiledHeads => new()
    {
        { "refused", FakeReply.Html(405) },
        { "no header", Nameless.WithHeader("Content-Length", null) },
        { "a page", FakeReply.Html(200) },
        { "not HTTP", FakeReply.Raw("what?\r\n\r\n").CloseAfter() },
    };

    [Theory]
    [MemberData(nameof(SpoiledHeads), DisableDiscoveryEnumeration = true)]
    public async Task What_does_not_know_HEAD_is_asked_by_GET(string what, FakeReply head)
    {
        await using var engine = FakeEngine.Start("1.45").On("HEAD", "/_ping", head);
        Assert.Equal(new ApiVersion(1, 45), await engine.Client.Connection.VersionAsync(None));
        Assert.True(engine.Pings == 2, what);
    }

    [Fact]
    public async Task Without_the_header_the_version_document_tells()
    {
        await using var engine = FakeEngine.Start("1.44").On("*", "/_ping", Nameless);
        Assert.Equal(new ApiVersion(1, 44), await engine.Client.Connection.VersionAsync(None));
    }

    [Fact]
    public async Task An_engine_that_tells_nothing_is_spoken_to_in_the_oldest_version()
    {
        await using var engine = FakeEngine.Start("1.44")
            .On("*", "/_ping", Nameless)
            .On("GET", "/version", FakeReply.Html(403))
            .On("GET", "/info", FakeReply.Json("{}").WithoutEngineHeaders());
        await engine.Client.System.InfoAsync(None);
        await engine.Client.System.InfoAsync(None);
        Assert.Equal(["GET /version", "GET /v1.40/info", "GET /v1.40/info"], engine.Calls);
    }

    [Fact]
    public async Task An_engine_that_is_just_starting_is_not_taken_for_one_that_tells_nothing()
    {
        await using var engine = FakeEngine.Start("1.44")
            .On("*", "/_ping", Nameless)
            .On("GET", "/version", FakeReply.Error(503, "starting"), FakeReply.Json("""{"ApiVersion":"1.44"}"""));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(None));
        Assert.True(error.IsTransient);
        Assert.Equal(new ApiVersion(1, 44), await engine.Client.Connection.VersionAsync(None));
    }

    [Fact]
    public async Task An_engine_that_is_too_old_is_refused_by_name()
    {
        await using var engine = FakeEngine.Start("1.24");
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.False(error.IsTransient);
        Assert.Contains("1.24", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.40", error.Message, StringComparison.Ordinal);
        Assert.Contains(engine.Daemon.Endpoint, error.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public async Task A_newer_engine_is_spoken_to_in_our_newest_version()
    {
        await using var engine = FakeEngine.Start("1.99");
        Assert.Equal(ApiVersion.Newest, await engine.Client.Connection.VersionAsync(None));
    }

    [Fact]
    public async Task A_pinned_version_is_not_asked_for()
    {
        await using var engine = FakeEngine.Start("1.47", pinned: new ApiVersion(1, 43));
        await engine.Client.System.InfoAsync(None);
        Assert.Equal(["GET /v1.43/info"], engine.Daemon.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task A_pinned_version_that_the_engine_does_not_speak_is_an_error()
    {
        await using var engine = FakeEngine.Start("1.41", pinned: new ApiVersion(1, 43));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("too new", error.Message, StringComparison.Ordinal);
        Assert.Single(engine.Daemon.Requests);
    }

    [Fact]
    public async Task An_older_engine_in_its_place_is_noticed_by_its_refusal_and_the_request_repeated_whole()
    {
        await using var engine = FakeEngine.Start("1.47").On("POST", "/networks/create", FakeReply.Json("""{"Id":"n"}""", 201));
        await engine.Client.System.InfoAsync(None);
        await engine.Daemon.ListenAgainAsync("1.41");

        await engine.Client.Networks.CreateAsync(new NetworkCreate { Name = "decnet_lan", Driver = "bridge" }, None);

        Assert.Equal(["GET /v1.47/info", "POST /v1.47/networks/create", "POST /v1.41/networks/create"], engine.Calls);
        Assert.Contains("decnet_lan", engine.Daemon.Requests[^1].BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.47", "1.41", true)]
    [InlineData("1.41", "1.47", false)]
    public async Task An_engine_in_its_place_gets_the_hardware_address_where_it_looks_for_it(string before, string after, bool isOfContainer)
    {
        await using var engine = FakeEngine.Start(before).On("POST", "/containers/create", FakeReply.Json("""{"Id":"c"}""", 201));
        await engine.Client.System.InfoAsync(None);
        await engine.Daemon.ListenAgainAsync(after);
        if (!isOfContainer)
        {
            await engine.Client.System.InfoAsync(None);
        }

        var containers = new DockerContainers(engine.Client, new ContainerBodies(new DockerRuntimeOptions()), NullLogger.Instance);
        await containers.CreateAsync(Base, "web-01", "busybox:1.36", null, None);

        using var body = JsonDocument.Parse(engine.Daemon.Requests[^1].BodyText);
        Assert.Equal($"/v{after}/containers/create", engine.Calls.Last().Split(' ', '?')[1]);
        Assert.Equal(isOfContainer, body.RootElement.TryGetProperty("MacAddress", out _));
        var attached = body.RootElement.GetProperty("NetworkingConfig").GetProperty("EndpointsConfig").GetProperty("decnet_lan");
        Assert.Equal(!isOfContainer, attached.TryGetProperty("MacAddress", out _));
    }

    [Fact]
    public async Task A_newer_engine_in_its_place_is_noticed_by_its_answers()
    {
        await using var engine = FakeEngine.Start("1.41");
        await engine.Client.System.InfoAsync(None);
        await engine.Daemon.ListenAgainAsync("1.47");
        await engine.Client.System.InfoAsync(None);
        await engine.Client.System.InfoAsync(None);
        Assert.Equal(["GET /v1.41/info", "GET /v1.41/info", "GET /v1.47/info"], engine.Calls);
    }

    [Fact]
    public async Task After_a_loss_of_the_connection_the_engine_is_asked_again()
    {
        await using var engine = FakeEngine.Start("1.47").On("GET", "/info", FakeReply.Json("{}"), FakeReply.Reset, FakeReply.Json("{}"));
        await engine.Client.System.InfoAsync(None);
        await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(None));
        await engine.Client.System.InfoAsync(None);
        Assert.Equal(2, engine.Pings);
    }

    [Fact]
    public async Task Callers_that_come_at_once_share_one_ping()
    {
        await using var engine = FakeEngine.Start("1.47").On("HEAD", "/_ping", FakeReply.Text("").DelayHeaders(TimeSpan.FromMilliseconds(200)));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.Client.System.InfoAsync(None)));
        Assert.Equal(1, engine.Pings);
        Assert.Equal(20, engine.Calls.Count());
    }

    [Fact]
    public async Task A_caller_that_gives_up_takes_only_itself_away()
    {
        await using var engine = FakeEngine.Start("1.47").On("HEAD", "/_ping", FakeReply.Hang, FakeReply.Text(""));
        using var impatient = new CancellationTokenSource();
        var first = engine.Client.System.InfoAsync(impatient.Token);
        await engine.Daemon.RequestedAsync("HEAD", "/_ping");
        var others = Enumerable.Range(0, 5).Select(_ => engine.Client.System.InfoAsync(None)).ToList();

        await impatient.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
        await Task.WhenAll(others);
        Assert.Equal(2, engine.Pings);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        await using var engine = FakeEngine.Start("1.47").On("HEAD", "/_ping", FakeReply.Reset, FakeReply.Text(""));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => engine.Client.System.InfoAsync(None));
        Assert.Equal(RuntimeError.Unreachable, error.Error);
        await engine.Client.System.InfoAsync(None);
    }
}
