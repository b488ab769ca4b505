namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Diagnostics;
using System.Net.Sockets;
using Decnet.FakeDaemon;
using Decnet.Testing;
using Xunit;

public sealed class FakeReplyTests
{
    const string Request = "GET /x HTTP/1.1\r\nHost: d\r\n\r\n";
    const string LastRequest = "GET /x HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";

    [Fact]
    public async Task Each_kind_of_body_has_its_status_and_type()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[]"), FakeReply.Error(409, "a \"name\" is taken"), FakeReply.Html(502), FakeReply.Text("hello").WithContentType("x/y"));
        using var client = UnixHttp.Client(daemon);

        Assert.Equal(("OK", "application/json", "[]"), await GetAsync(client));
        Assert.Equal(("Conflict", "application/json", "{\"message\":\"a \\u0022name\\u0022 is taken\"}\n"), await GetAsync(client));
        var (status, type, page) = await GetAsync(client);
        Assert.Equal(("BadGateway", "text/html"), (status, type));
        Assert.StartsWith("<html>", page);
        Assert.Equal(("OK", "x/y", "hello"), await GetAsync(client));
        Assert.Equal(1, daemon.AcceptedConnections);
    }

    [Fact]
    public async Task Large_documents_are_one_chunk_and_small_ones_have_a_length()
    {
        await using var daemon = FakeDaemon.Start();
        var large = new string('x', 2049);
        daemon.On("GET", "/x", FakeReply.Json("[]"), FakeReply.Json(large));

        Assert.EndsWith("Content-Length: 2\r\n\r\n[]", await AnswerAsync(daemon, LastRequest));
        Assert.EndsWith($"Transfer-Encoding: chunked\r\n\r\n801\r\n{large}\r\n0\r\n\r\n", await AnswerAsync(daemon, LastRequest));
    }

    [Theory]
    [InlineData("HEAD", "Content-Length: 2\r\n\r\n")]
    [InlineData("GET", "Content-Length: 2\r\n\r\n[]")]
    public async Task Head_gets_the_head_only(string method, string end)
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("*", "/x", FakeReply.Json("[]"));

        Assert.EndsWith(end, await AnswerAsync(daemon, LastRequest.Replace("GET", method)));
    }

    [Fact]
    public async Task No_content_has_neither_length_nor_body()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.NoContent, FakeReply.NotModified);

        var first = await AnswerAsync(daemon, LastRequest);
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", first);
        Assert.DoesNotContain("Content-Length", first);
        Assert.StartsWith("HTTP/1.1 304 Not Modified\r\n", await AnswerAsync(daemon, LastRequest));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Split_replies_arrive_in_that_many_reads(int size)
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[1,2,3]").SplitEvery(size));

        // The daemon does not wait for ever for a reader whom a busy machine holds up; one answer read in time shows what it does.
        await Eventually.TrueAsync(
            async () =>
            {
                using var socket = await UnixHttp.ConnectAsync(daemon);
                var reads = await UnixHttp.ReadsAsync(socket, LastRequest);

                var length = reads.Sum(read => read.Length);
                Assert.EndsWith("[1,2,3]", string.Concat(reads));
                Assert.InRange(reads.Count, 1, (length / size) + 1);
                // It may see a lot read just before the client's read returns, and put the next one into it.
                return reads.Count >= length / size * 0.6;
            },
            TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_split_reply_to_a_client_that_does_not_read_is_sent_all_the_same()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Text(new string('x', 2000)).SplitEvery(100));
        using var socket = await UnixHttp.ConnectAsync(daemon);

        await UnixHttp.SendAsync(socket, LastRequest);
        await Eventually.TrueAsync(() => Task.FromResult(daemon.AcceptedConnections == 1 && daemon.OpenConnections == 0));

        Assert.EndsWith(new string('x', 2000), string.Concat(await UnixHttp.ReadsAsync(socket, "")));
    }

    [Theory]
    [InlineData(false, "Content-Length: 7\r\n\r\n[1,")]
    [InlineData(true, "Transfer-Encoding: chunked\r\n\r\n7\r\n[1,")]
    public async Task A_truncated_body_ends_before_what_was_promised(bool chunked, string end)
    {
        await using var daemon = FakeDaemon.Start();
        var reply = FakeReply.Json("[1,2,3]");
        daemon.On("GET", "/x", (chunked ? reply.Chunked() : reply).Truncated(3));
        using var client = UnixHttp.Client(daemon);

        Assert.EndsWith(end, await AnswerAsync(daemon, Request));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync("/x"));
    }

    [Fact]
    public void A_break_behind_the_end_of_a_body_is_no_break()
    {
        var reply = FakeReply.Json("[]");

        Assert.Throws<ArgumentOutOfRangeException>(() => reply.Truncated(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => reply.Chunked().StallAfter(3));
        Assert.NotNull(reply.Chunked().Truncated(2).Break);
    }

    [Fact]
    public async Task A_reset_is_one_and_a_close_is_the_end()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Reset, FakeReply.Close);
        using var first = await UnixHttp.ConnectAsync(daemon);
        using var second = await UnixHttp.ConnectAsync(daemon);

        var reset = await Assert.ThrowsAsync<SocketException>(() => UnixHttp.ReadsAsync(first, Request));
        var closed = await UnixHttp.ReadsAsync(second, Request);

        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        Assert.Empty(closed);
    }

    [Fact]
    public async Task A_reset_within_the_body_comes_after_its_bytes()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("POST", "/x", FakeReply.Json("[1,2,3]").ResetAfter(3));
        using var socket = await UnixHttp.ConnectAsync(daemon);

        var reads = await UnixHttp.ReadsAsync(socket, "POST /x HTTP/1.1\r\nHost: d\r\nContent-Length: 4\r\n\r\nbody", until: "[1,");
        var reset = await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(new byte[1]));

        Assert.EndsWith("\r\n\r\n[1,", string.Concat(reads));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        Assert.Equal("body", daemon.Requests[0].BodyText);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("stall")]
    [InlineData("gate")]
    [InlineData("delay")]
    public async Task A_client_that_gives_up_is_noticed(string fault)
    {
        await using var daemon = FakeDaemon.Start();
        var gate = new TaskCompletionSource<FakeReply>();
        daemon.On("GET", "/hang", FakeReply.Hang)
            .On("GET", "/stall", FakeReply.Json("[1,2,3]").StallAfter(3))
            .On("GET", "/gate", (_, _) => gate.Task)
            .On("GET", "/delay", FakeReply.Json("[]").DelayHeaders(TimeSpan.FromHours(1)));
        using var client = UnixHttp.Client(daemon);
        using var cancel = new CancellationTokenSource();

        var call = client.GetStringAsync("/" + fault, cancel.Token);
        await daemon.RequestedAsync("GET", "/" + fault);
        Assert.Equal(1, daemon.OpenConnections);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => Task.FromResult(daemon.OpenConnections == 0));
    }

    [Fact]
    public async Task A_stalled_body_has_its_first_bytes()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[1,2,3]").StallAfter(3));
        using var socket = await UnixHttp.ConnectAsync(daemon);

        var reads = await UnixHttp.ReadsAsync(socket, Request, until: "[1,");

        Assert.EndsWith("Content-Length: 7\r\n\r\n[1,", string.Concat(reads));
        Assert.Equal(0, socket.Available);
        Assert.Equal(1, daemon.OpenConnections);
    }

    [Fact]
    public async Task A_delayed_head_comes_later()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[]").DelayHeaders(TimeSpan.FromMilliseconds(30)));
        using var client = UnixHttp.Client(daemon);
        var since = Stopwatch.GetTimestamp();

        await client.GetStringAsync("/x");

        Assert.True(Stopwatch.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(29));
    }

    [Fact]
    public async Task Literal_bytes_are_sent_as_they_are()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Raw("\u0000garbage\r\n\r\n").CloseAfter());
        using var client = UnixHttp.Client(daemon);

        Assert.Equal("\u0000garbage\r\n\r\n", await AnswerAsync(daemon, Request));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync("/x"));
    }

    [Fact]
    public async Task A_body_without_length_ends_with_the_connection()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json(new string('x', 5000)).WithoutContentLength());
        using var client = UnixHttp.Client(daemon);

        Assert.EndsWith("\r\n\r\n" + new string('x', 5000), await AnswerAsync(daemon, Request));
        Assert.Equal(new string('x', 5000), await client.GetStringAsync("/x"));
    }

    [Fact]
    public async Task A_connection_may_be_closed_after_a_whole_reply_without_a_word()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[]").CloseAfter());

        var answer = await AnswerAsync(daemon, Request);

        Assert.EndsWith("\r\n\r\n[]", answer);
        Assert.DoesNotContain("Connection", answer);
    }

    [Fact]
    public async Task Headers_can_be_replaced_and_removed()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Json("[]").WithHeader("api-version", "9.99").WithHeader("Ostype", null).WithContentType(null));

        var answer = await AnswerAsync(daemon, LastRequest);

        Assert.Contains("api-version: 9.99\r\n", answer);
        Assert.DoesNotContain("Api-Version", answer);
        Assert.DoesNotContain("Ostype", answer);
        Assert.DoesNotContain("Content-Type", answer);
    }

    static async Task<string> AnswerAsync(FakeDaemon daemon, string request)
    {
        using var socket = await UnixHttp.ConnectAsync(daemon);
        return string.Concat(await UnixHttp.ReadsAsync(socket, request));
    }

    static async Task<(string Status, string? Type, string Body)> GetAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/x");
        return (response.StatusCode.ToString(), response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
