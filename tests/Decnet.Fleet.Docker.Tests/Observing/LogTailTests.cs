namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using static Decnet.Fleet.Docker.Tests.Api.LogReaderTests;

public sealed class LogTailTests
{
    const string Multiplexed = "application/vnd.docker.multiplexed-stream";
    const string Raw = "application/vnd.docker.raw-stream";
    const string Logs = "/containers/a/logs";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public async Task Both_outputs_come_in_the_order_of_their_writing_however_they_are_split(int bytes)
    {
        byte[] body = [.. Frame(1, "starting\r\n"u8), .. Frame(2, "\u001b[31mno host "u8), .. Frame(2, "key: gr\u00fcn\u001b[0m\n"u8), .. Frame(1, "bye\n"u8)];
        await using var fake = FakeRuntime.Start().On("GET", Logs, Answer(Multiplexed, body).SplitEvery(bytes));

        Assert.Equal("starting\n[31mno host key: grün[0m\nbye", await fake.Runtime.ReadLogTailAsync("a", 5, Token));
        Assert.Equal(["GET /v1.47/containers/a/logs?stdout=1&stderr=1&tail=5"], fake.Calls);
    }

    [Theory]
    [InlineData("1.47", false)]
    [InlineData("1.41", true)]
    public async Task Output_of_a_terminal_has_no_frames(string version, bool asked)
    {
        await using var fake = FakeRuntime.Start(version)
            .On("GET", Logs, Answer(Raw, "login:\r\nno\r\n\r\n"u8))
            .On("GET", "/containers/a/json", FakeReply.Json("""{"Config":{"Tty":true}}"""));

        Assert.Equal("login:\nno", await fake.Runtime.ReadLogTailAsync("a", 5, Token));
        Assert.Equal(asked ? 2 : 1, fake.Calls.Count);
    }

    [Fact]
    public async Task An_old_engine_that_calls_frames_raw_is_understood()
    {
        await using var fake = FakeRuntime.Start("1.41")
            .On("GET", Logs, Answer(Raw, [.. Frame(2, "oops\n"u8)]))
            .On("GET", "/containers/a/json", FakeReply.Json("""{"Config":{"Tty":false}}"""));

        Assert.Equal("oops", await fake.Runtime.ReadLogTailAsync("a", 5, Token));
    }

    [Fact]
    public async Task Of_huge_output_the_end_is_kept()
    {
        byte[] line = [.. Frame(1, Encoding.ASCII.GetBytes(new string('x', 1_000) + "\n"))];
        byte[] body = [.. Enumerable.Repeat(line, 3_000).SelectMany(bytes => bytes), .. Frame(2, "out of memory\n"u8)];
        await using var fake = FakeRuntime.Start().On("GET", Logs, Answer(Multiplexed, body));

        var tail = await fake.Runtime.ReadLogTailAsync("a", 5_000, Token);

        Assert.Equal(4_000, tail.Length);
        Assert.EndsWith("xxx\nout of memory", tail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_without_end_is_not_read_for_ever()
    {
        await using var fake = FakeRuntime.Start().On("GET", Logs, FakeReply.Stream(EndlessAsync(), Multiplexed));

        Assert.Equal(new string('x', 4_000), await fake.Runtime.ReadLogTailAsync("a", 1, Token));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(19)]
    public async Task A_stream_that_is_cut_is_an_error(long bytes)
    {
        byte[] body = [.. Frame(1, "one\n"u8), .. Frame(1, "two\n"u8)];
        await using var fake = FakeRuntime.Start().On("GET", Logs, Answer(Multiplexed, body).Truncated(bytes));

        var error = await Assert.ThrowsAsync<DockerEngineException>(() => fake.Runtime.ReadLogTailAsync("a", 5, Token));

        Assert.True(error.IsTransient, error.Message);
    }

    [Fact]
    public async Task The_log_of_a_container_that_is_gone_is_not_found()
    {
        await using var fake = FakeRuntime.Start().On("GET", Logs, FakeReply.Error(404, "No such container: a"));

        var error = await Assert.ThrowsAsync<DockerEngineException>(() => fake.Runtime.ReadLogTailAsync("a", 5, Token));

        Assert.Equal(RuntimeError.NotFound, error.Error);
    }

    [Fact]
    public async Task A_container_that_wrote_nothing_has_an_empty_log()
    {
        await using var fake = FakeRuntime.Start().On("GET", Logs, Answer(Multiplexed, []));

        Assert.Equal("", await fake.Runtime.ReadLogTailAsync("a", 5, Token));
    }

    [Fact]
    public async Task At_least_one_line_must_be_wanted()
    {
        await using var fake = FakeRuntime.Start();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fake.Runtime.ReadLogTailAsync("a", 0, Token));
        Assert.Empty(fake.Calls);
    }

    static FakeReply Answer(string type, ReadOnlySpan<byte> body) =>
        new FakeReply { Body = body.ToArray() }.Chunked().WithContentType(type);

    static async IAsyncEnumerable<byte[]> EndlessAsync()
    {
        var frame = Frame(1, Encoding.ASCII.GetBytes(new string('x', 100_000)));
        while (true)
        {
            yield return frame;
            await Task.Yield();
        }
    }
}
