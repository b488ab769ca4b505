namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.Testing;
using Xunit;

public sealed class FakeDaemonTests
{
    [Theory]
    [InlineData("1.40", "1.12", "Docker/19.03.15 (linux)")]
    [InlineData("1.41", "1.12", "Docker/20.10.27 (linux)")]
    [InlineData("1.44", "1.24", "Docker/25.0.0 (linux)")]
    [InlineData("1.47", "1.24", "Docker/27.5.1 (linux)")]
    [InlineData("1.52", "1.44", "Docker/29.0.0 (linux)")]
    public async Task Pings_and_versions_are_those_of_the_release(string api, string oldest, string server)
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = api });
        using var client = UnixHttp.Client(daemon);

        using var head = await client.SendAsync(new(HttpMethod.Head, "/_ping"));
        var ping = await client.GetStringAsync("/_ping");
        var version = await client.GetFromJsonAsync<JsonElement>($"/v{api}/version");
        var info = await client.GetFromJsonAsync<JsonElement>("/info");

        Assert.Equal(api, Assert.Single(head.Headers.GetValues("Api-Version")));
        Assert.Equal("linux", Assert.Single(head.Headers.GetValues("Ostype")));
        Assert.Equal("false", Assert.Single(head.Headers.GetValues("Docker-Experimental")));
        Assert.Equal(server, head.Headers.Server.ToString());
        Assert.Equal("OK", ping);
        Assert.Equal(api, version.GetProperty("ApiVersion").GetString());
        Assert.Equal(oldest, version.GetProperty("MinAPIVersion").GetString());
        Assert.Equal(version.GetProperty("Version").GetString(), info.GetProperty("ServerVersion").GetString());
    }

    [Theory]
    [InlineData("1.40", "KernelMemoryTCP", true)]
    [InlineData("1.40", "CgroupVersion", false)]
    [InlineData("1.41", "CgroupVersion", true)]
    [InlineData("1.44", "CDISpecDirs", true)]
    [InlineData("1.44", "KernelMemoryTCP", false)]
    [InlineData("1.44", "Containerd", false)]
    [InlineData("1.47", "Containerd", true)]
    [InlineData("1.47", "BridgeNfIptables", true)]
    [InlineData("1.52", "BridgeNfIptables", false)]
    [InlineData("1.52", "FirewallBackend", true)]
    public async Task Fields_of_info_come_and_go_with_the_asked_version(string asked, string field, bool isThere)
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.52", MinApiVersion = "1.24" });
        using var client = UnixHttp.Client(daemon);

        var info = await client.GetFromJsonAsync<JsonElement>($"/v{asked}/info");

        Assert.Equal(isThere, info.TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("/v1.43/info", "client version 1.43 is too old. Minimum supported API version is 1.44")]
    [InlineData("/v1.60/info", "client version 1.60 is too new. Maximum supported API version is 1.52")]
    public async Task Versions_outside_the_range_are_refused(string path, string message)
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.52" });
        using var client = UnixHttp.Client(daemon);

        using var response = await client.GetAsync(path);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(message, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Requests_are_recorded_with_all_their_parts()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("POST", "/containers/create", FakeReply.Json("{\"Id\":\"abc\",\"Warnings\":[]}", 201));
        using var client = UnixHttp.Client(daemon);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.41/containers/create?name=a%20b&x=1&x=2&y")
        {
            Content = new StringContent("{\"Image\":\"ü\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Registry-Auth", "secret");
        using var response = await client.SendAsync(request);

        var seen = Assert.Single(daemon.Requests);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("POST", seen.Method);
        Assert.Equal("/containers/create", seen.Path);
        Assert.Equal("/v1.41/containers/create?name=a%20b&x=1&x=2&y", seen.RawPath);
        Assert.Equal("1.41", seen.PathVersion);
        Assert.Equal(("a b", "2", ""), (seen.Query["name"], seen.Query["x"], seen.Query["y"]));
        Assert.Equal("secret", seen.Headers["x-registry-auth"]);
        Assert.Equal("{\"Image\":\"ü\"}", seen.BodyText);
        Assert.Equal(1, seen.Connection);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Bodies_with_a_length_and_chunked_ones_arrive_whole(int size)
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("POST", "/build", FakeReply.NoContent);
        using var client = UnixHttp.Client(daemon);
        var body = new byte[size];
        new Random(7).NextBytes(body);

        using var sized = await client.PostAsync("/build", new ByteArrayContent(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/build") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, chunked.StatusCode);
        Assert.All(daemon.Requests, seen => Assert.Equal(body, seen.Body));
        Assert.Equal(2, daemon.Requests.Count);
        Assert.Equal(1, daemon.AcceptedConnections);
    }

    [Fact]
    public async Task A_request_that_comes_byte_by_byte_and_the_one_behind_it_are_both_answered()
    {
        await using var daemon = FakeDaemon.Start();
        using var socket = await UnixHttp.ConnectAsync(daemon);
        foreach (var letter in "POST /v1.47/x HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n")
        {
            await UnixHttp.SendAsync(socket, letter.ToString());
        }

        var reads = await UnixHttp.ReadsAsync(
            socket,
            "HEAD /_ping HTTP/1.1\r\nHost: d\r\n\r\nGET /_ping HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");

        Assert.Equal(["/x", "/_ping", "/_ping"], daemon.Requests.Select(request => request.Path));
        Assert.Equal("abc", daemon.Requests[0].BodyText);
        Assert.EndsWith("\r\n\r\nOK", string.Concat(reads));
        Assert.Contains("Connection: close", string.Concat(reads));
    }

    [Fact]
    public async Task What_is_not_http_is_refused()
    {
        await using var daemon = FakeDaemon.Start();
        using var socket = await UnixHttp.ConnectAsync(daemon);

        var answer = string.Concat(await UnixHttp.ReadsAsync(socket, "\u0016\u0003\u0001hello\n"));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer);
        Assert.Empty(daemon.Requests);
    }

    [Fact]
    public async Task Later_registrations_win_and_patterns_match_with_and_without_a_version()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/images/*/json", FakeReply.Text("any"))
            .On("GET", "/images/lab/busybox:1.36/json", FakeReply.Text("one"), FakeReply.Text("two"))
            .On("*", "/v1.41/images/*", FakeReply.Text("old"));
        using var client = UnixHttp.Client(daemon);

        Assert.Equal("any", await client.GetStringAsync("/images/debian/json"));
        Assert.Equal("one", await client.GetStringAsync("/v1.47/images/lab%2Fbusybox:1.36/json"));
        Assert.Equal("two", await client.GetStringAsync("/images/lab/busybox:1.36/json"));
        Assert.Equal("two", await client.GetStringAsync("/images/lab/busybox:1.36/json"));
        Assert.Equal("old", await client.GetStringAsync("/v1.41/images/debian/json"));
        using var other = await client.GetAsync("/images/debian");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply (_) => throw new InvalidOperationException("no script"));
        using var client = UnixHttp.Client(daemon);

        using var response = await client.GetAsync("/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("no script", Assert.Single(daemon.Failures).Message);
    }

    [Fact]
    public async Task Waiting_for_a_request_that_came_or_comes_gives_it()
    {
        await using var daemon = FakeDaemon.Start();
        using var client = UnixHttp.Client(daemon);
        var second = daemon.RequestedAsync("GET", "/_ping", times: 2);

        await client.GetStringAsync("/_ping");
        Assert.False(second.IsCompleted);
        await client.GetStringAsync("/v1.47/_ping");

        Assert.Equal("/v1.47/_ping", (await second).RawPath);
        Assert.Equal("/_ping", (await daemon.RequestedAsync("GET", "/_ping")).RawPath);
        await Assert.ThrowsAsync<TimeoutException>(() => daemon.RequestedAsync("GET", "/x", patience: TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task A_daemon_that_stops_cuts_all_and_comes_back_as_another_release()
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.52" });
        daemon.On("GET", "/wait", FakeReply.Hang);
        using var client = UnixHttp.Client(daemon);
        await client.GetStringAsync("/_ping");
        var waiting = client.GetStringAsync("/wait");
        await daemon.RequestedAsync("GET", "/wait");

        await daemon.StopListeningAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        Assert.Equal(0, daemon.OpenConnections);
        Assert.False(File.Exists(daemon.SocketPath));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/_ping"));

        await daemon.ListenAgainAsync("1.41");

        using var ping = await client.GetAsync("/_ping");
        Assert.Equal("1.41", Assert.Single(ping.Headers.GetValues("Api-Version")));
        Assert.Equal("/_ping", daemon.Requests[^1].Path);
        Assert.Equal(2, daemon.AcceptedConnections);
    }

    [Fact]
    public async Task Cut_connections_end_while_the_daemon_goes_on()
    {
        await using var daemon = FakeDaemon.Start();
        using var socket = await UnixHttp.ConnectAsync(daemon);
        await Eventually.TrueAsync(() => Task.FromResult(daemon.OpenConnections == 1));

        await daemon.CutConnectionsAsync();

        Assert.Equal(0, await socket.ReceiveAsync(new byte[1]));
        using var client = UnixHttp.Client(daemon);
        Assert.Equal("OK", await client.GetStringAsync("/_ping"));
    }

    [Fact]
    public async Task Disposal_ends_what_is_open_and_leaves_no_file()
    {
        var daemon = FakeDaemon.Start();
        var gate = new TaskCompletionSource<FakeReply>();
        daemon.On("GET", "/hang", FakeReply.Hang).On("GET", "/gate", (_, _) => gate.Task);
        var sockets = new List<Socket>();
        foreach (var path in new[] { "/hang", "/gate" })
        {
            sockets.Add(await UnixHttp.ConnectAsync(daemon));
            await UnixHttp.SendAsync(sockets[^1], $"GET {path} HTTP/1.1\r\nHost: d\r\n\r\n");
            await daemon.RequestedAsync("GET", path);
        }

        sockets.Add(await UnixHttp.ConnectAsync(daemon));
        await daemon.DisposeAsync();
        await daemon.DisposeAsync();

        Assert.False(Directory.Exists(Path.GetDirectoryName(daemon.SocketPath)));
        Assert.Equal(0, daemon.OpenConnections);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => daemon.ListenAgainAsync());
        foreach (var socket in sockets)
        {
            // A connection that was not accepted yet is reset, the others end.
            var end = await Record.ExceptionAsync(async () => Assert.Equal(0, await socket.ReceiveAsync(new byte[1])));
            Assert.True(end is null or SocketException { SocketErrorCode: SocketError.ConnectionReset }, end?.ToString());
            socket.Dispose();
        }
    }
}
