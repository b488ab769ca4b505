namespace Decnet.Fleet.Docker.Tests.Api;

using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Api;

public sealed class LogsTests
{
    const string Multiplexed = "application/vnd.docker.multiplexed-stream";
    const string Raw = "application/vnd.docker.raw-stream";

    static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("1.47", Multiplexed, null, true)]
    [InlineData("1.47", Raw, null, false)]
    [InlineData("1.41", Raw, false, true)]
    [InlineData("1.41", Raw, true, false)]
    [InlineData("1.41", "application/octet-stream", false, true)]
    [InlineData("1.41", null, true, false)]
    [InlineData("1.52", null, false, true)]
    public async Task Frames_are_recognised_by_the_content_type_or_the_terminal(string version, string? type, bool? terminal, bool framed)
    {
        byte[] body = framed ? [.. LogReaderTests.Frame(1, "up\n"u8), .. LogReaderTests.Frame(2, "oops\n"u8)] : [.. "up\r\noops\r\n"u8];
        await using var engine = FakeEngine.Start(version)
            .On("GET", "/containers/a/logs", new FakeReply { Body = body }.Chunked().WithContentType(type).SplitEvery(5))
            .On("GET", "/containers/a/json", FakeReply.Json($$$"""{"Config":{"Tty":{{{(terminal is true ? "true" : "false")}}}}}"""));
        var lines = await engine.Client.Containers.LogsAsync("a", new LogQuery(), None).ToListAsync(None);
        Assert.Equal([new LogLine(LogStream.Output, "up"), new LogLine(framed ? LogStream.Errors : LogStream.Output, "oops")], lines);
        Assert.Equal(terminal is null ? 1 : 2, engine.Calls.Count());
    }

    [Fact]
    public async Task Only_what_is_wanted_is_asked_for()
    {
        await using var engine = FakeEngine.Start().On("GET", "/containers/a/logs", new FakeReply().WithContentType(Multiplexed));
        var query = new LogQuery { Tail = 20, Since = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), Errors = false };
        Assert.Empty(await engine.Client.Containers.LogsAsync("a", query, None).ToListAsync(None));
        Assert.Equal(["GET /v1.47/containers/a/logs?stdout=1&stderr=0&tail=20&since=1700000000"], engine.Calls);
    }
}
