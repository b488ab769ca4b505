namespace Decnet.Fleet.Docker.Tests.Api;

using System.Text;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Testing;

public sealed class EventsTests
{
    static readonly CancellationToken None = CancellationToken.None;

    /// <summary>How engines of each version write events.</summary>
    [Theory]
    [InlineData("application/json", "", "\n")]
    [InlineData("application/json", "", "")]
    [InlineData("application/x-ndjson", "", "\n")]
    [InlineData("application/json-seq", "\u001e", "\n")]
    public async Task Each_event_comes_at_once_wherever_it_is_split(string type, string before, string after)
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks, type);
        await using var events = engine.Client.System.EventsAsync(null, null, cancellationToken: None).GetAsyncEnumerator(None);
        for (var number = 1; number < 60; number++)
        {
            var bytes = Encoding.UTF8.GetBytes(before + Event(number) + after);
            var next = events.MoveNextAsync();
            chunks.Add(bytes[..number]);
            chunks.Add(bytes[number..]);
            Assert.True(await next.AsTask().WaitAsync(TimeSpan.FromMinutes(1)), "The event is held back.");
            Assert.Equal(number, events.Current.TimeNano);
            Assert.Equal("web-01", events.Current.Actor!.Attributes!["name"]);
        }
    }

    [Fact]
    public async Task Events_that_come_together_are_all_there()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        chunks.Add(string.Concat(Enumerable.Range(1, 5000).Select(Event)));
        chunks.End();
        var events = await engine.Client.System.EventsAsync(null, null, cancellationToken: None).ToListAsync(None);
        Assert.Equal(Enumerable.Range(1, 5000).Select(number => (long?)number), events.Select(next => next.TimeNano));
    }

    [Fact]
    public async Task A_reader_that_waits_ends_at_once_with_its_caller()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        using var caller = new CancellationTokenSource();
        await using var events = engine.Client.System.EventsAsync(null, null, cancellationToken: caller.Token).GetAsyncEnumerator(None);
        chunks.Add(Event(1));
        Assert.True(await events.MoveNextAsync());
        var waiting = events.MoveNextAsync().AsTask();
        await caller.CancelAsync();
        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections <= 1 && chunks.IsLeft));
    }

    [Fact]
    public async Task The_end_of_the_engine_is_the_end_of_the_sequence()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        chunks.Add(Event(1));
        chunks.End();
        Assert.Single(await engine.Client.System.EventsAsync(null, null, cancellationToken: None).ToListAsync(None));
    }

    [Fact]
    public async Task A_cut_connection_is_an_error_and_the_engine_that_comes_back_is_asked_for_its_version()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        await using var events = engine.Client.System.EventsAsync(null, null, cancellationToken: None).GetAsyncEnumerator(None);
        chunks.Add(Event(1) + Event(2)[..20]);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync();
        await engine.Daemon.StopListeningAsync();
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () => await next);
        Assert.Equal(RuntimeError.Unreachable, error.Error);
        Assert.Contains("GET /events", error.Message, StringComparison.Ordinal);

        await engine.Daemon.ListenAgainAsync("1.44");
        Assert.Equal(new ApiVersion(1, 44), await engine.Client.Connection.VersionAsync(None));
    }

    [Fact]
    public async Task Closing_the_client_ends_what_is_being_read()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        var events = engine.Client.System.EventsAsync(null, null, cancellationToken: None).GetAsyncEnumerator(None);
        chunks.Add(Event(1));
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();
        engine.Client.Dispose();
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => next.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("was closed", error.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections == 0));
    }

    [Fact]
    public async Task What_is_no_event_is_an_error()
    {
        var chunks = new ChunkSource();
        await using var engine = Start(chunks);
        chunks.Add(Event(1) + "<html>");
        var reading = engine.Client.System.EventsAsync(null, null, cancellationToken: None).ToListAsync(None).AsTask();
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => reading);
        Assert.Equal(RuntimeError.Server, error.Error);
    }

    [Fact]
    public async Task Silence_is_no_error_and_the_caller_knows_when_it_begins()
    {
        var clock = new FakeTimeProvider();
        var chunks = new ChunkSource();
        await using var engine = Start(chunks, clock: clock);
        var connected = new TaskCompletionSource();
        var filters = EngineFilters.Of(("type", ["container"]));
        var sequence = engine.Client.System.EventsAsync(1_700_000_000_000_000_042, filters, connected.SetResult, None);
        await using var events = sequence.GetAsyncEnumerator(None);
        var next = events.MoveNextAsync();
        await connected.Task.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromDays(30));
        chunks.Add(Event(1));
        Assert.True(await next);
        var query = engine.Daemon.Requests[^1].Query;
        Assert.Equal("1700000000.000000042", query["since"]);
        Assert.Equal("""{"type":["container"]}""", query["filters"]);
    }

    static FakeEngine Start(ChunkSource chunks, string type = "application/json", TimeProvider? clock = null) =>
        FakeEngine.Start(clock: clock).On("GET", "/events", FakeReply.Stream(chunks.ReadAsync(), type));

    static string Event(int number) =>
        $$$"""{"status":"die","id":"a","Type":"container","Action":"die","Actor":{"ID":"a","Attributes":{"name":"web-01"}},"scope":"local","timeNano":{{{number}}}}""";
}
