namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Net;
using System.Text;
using Decnet.FakeDaemon;
using Decnet.Testing;
using Xunit;

public sealed class FakeReplyStreamTests
{
    [Fact]
    public async Task Chunks_of_a_stream_arrive_when_they_are_made()
    {
        await using var daemon = FakeDaemon.Start();
        var gate = new TaskCompletionSource();
        daemon.On("GET", "/x", FakeReply.Stream(Chunks(gate.Task)));
        using var client = UnixHttp.Client(daemon);

        using var response = await client.GetAsync("/x", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[10];
        var count = await body.ReadAsync(first);
        gate.SetResult();
        using var rest = new StreamReader(body);

        Assert.Equal("one", Encoding.UTF8.GetString(first, 0, count));
        Assert.Equal("two", await rest.ReadToEndAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        static async IAsyncEnumerable<byte[]> Chunks(Task gate)
        {
            yield return "one"u8.ToArray();
            await gate;
            yield return "two"u8.ToArray();
        }
    }

    [Fact]
    public async Task A_stream_that_fails_cuts_its_connection_and_is_reported()
    {
        await using var daemon = FakeDaemon.Start();
        daemon.On("GET", "/x", FakeReply.Stream(Chunks()));
        using var socket = await UnixHttp.ConnectAsync(daemon);

        var reads = await UnixHttp.ReadsAsync(socket, "GET /x HTTP/1.1\r\nHost: d\r\n\r\n");

        Assert.EndsWith("\r\n\r\n3\r\none\r\n", string.Concat(reads));
        await Eventually.TrueAsync(() => Task.FromResult(daemon.Failures.Count == 1));

        static async IAsyncEnumerable<byte[]> Chunks()
        {
            yield return "one"u8.ToArray();
            await Task.Yield();
            throw new InvalidOperationException("the script ended");
        }
    }
}
