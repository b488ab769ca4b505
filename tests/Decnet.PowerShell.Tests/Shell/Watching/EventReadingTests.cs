namespace Decnet.PowerShell.Tests.Shell.Watching;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;
using Decnet.Shell.Watching;
using Decnet.Testing;
using Xunit;
using DecnetEvent = Decnet.Shell.Output.DecnetEvent;

public sealed class EventReadingTests : IAsyncLifetime
{
    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task Without_a_database_there_is_nothing_to_read_and_none_is_made()
    {
        Assert.Empty(await ReadAsync(new EventRequest()));
        Assert.False(Directory.Exists(lab.StateDirectory));
    }

    [Fact]
    public async Task Events_come_oldest_first_all_after_one_or_the_last_ones()
    {
        await EmitAsync(2500);

        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), await ReadAsync(new EventRequest()));
        await ReadsAsync(new EventRequest { Last = 2 }, 2499, 2500);
        await ReadsAsync(new EventRequest { After = 2499, Last = 2 }, 2500);
        Assert.Empty(await ReadAsync(new EventRequest { After = 9999 }));
    }

    [Fact]
    public async Task Topics_choose_and_the_last_ones_are_those_of_the_topic()
    {
        await EmitAsync(10);

        await ReadsAsync(new EventRequest { Topic = "test.even" }, 2, 4, 6, 8, 10);
        await ReadsAsync(new EventRequest { Topic = "*.even", Last = 2 }, 8, 10);
        Assert.Equal(10, (await ReadAsync(new EventRequest { Topic = "test.>" })).Length);
    }

    [Theory]
    [InlineData("decky.>.state")]
    [InlineData("a..b")]
    [InlineData("a*")]
    public async Task A_topic_that_is_none_is_refused(string topic)
    {
        foreach (var run in new Func<Task>[]
        {
            () => EventReading.ReadAsync(lab.Session, new EventRequest { Topic = topic }, lab.Outlet, default),
            () => EventWatch.RunAsync(lab.Session, new EventRequest { Topic = topic, Timeout = TimeSpan.FromSeconds(5) }, lab.Outlet, default),
        })
        {
            var error = await Assert.ThrowsAsync<FaultException>(run);
            Assert.Equal(("TopicInvalid", FaultCategory.InvalidArgument), (error.Fault.Id, error.Fault.Category));
        }
    }

    [Fact]
    public async Task A_payload_is_read_by_key_at_any_depth_and_is_its_json_as_text()
    {
        const string Json = """{"name":"web","count":3,"share":0.5,"ok":true,"none":null,"list":["a",{"b":1}],"deep":{"state":"running"}}""";
        await CommitAsync([Put("test.one", Json)]);

        await EventReading.ReadAsync(lab.Session, new EventRequest(), lab.Outlet, default);

        var payload = Assert.Single(lab.Outlet.Of<DecnetEvent>()).Payload;
        Assert.Equal(Json, payload.ToString());
        Assert.Equal<object?>(["web", 3L, 0.5, true, null], [payload["name"], payload["count"], payload["share"], payload["ok"], payload["none"]]);
        Assert.Equal("running", Assert.IsType<EventPayload>(payload["deep"])["state"]);
        Assert.Equal(1L, Assert.IsType<EventPayload>(Assert.IsType<object[]>(payload["list"])[1])["b"]);
    }

    [Fact]
    public async Task Watching_shows_new_events_until_their_number_is_reached()
    {
        await EmitAsync(3);
        var watch = EventWatch.RunAsync(lab.Session, new EventRequest { Topic = "test.late", Count = 2 }, lab.Outlet, default);
        await Eventually.TrueAsync(async () =>
        {
            await CommitAsync([Put("test.late")]);
            return watch.IsCompleted;
        });

        await watch;
        Assert.Equal(2, lab.Outlet.Of<DecnetEvent>().Count());
        Assert.All(lab.Outlet.Of<DecnetEvent>(), happened => Assert.True(happened.Sequence > 3));
    }

    [Fact]
    public async Task Watching_after_a_number_begins_with_what_has_been()
    {
        await EmitAsync(5);

        await EventWatch.RunAsync(lab.Session, new EventRequest { After = 3, Count = 2 }, lab.Outlet, default);

        Assert.Equal([4, 5], lab.Outlet.Of<DecnetEvent>().Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task Watching_ends_quietly_when_the_time_is_over_and_waits_for_a_database()
    {
        await EventWatch.RunAsync(lab.Session, new EventRequest { Timeout = TimeSpan.FromMilliseconds(300) }, lab.Outlet, default);
        Assert.False(Directory.Exists(lab.StateDirectory));

        var watch = EventWatch.RunAsync(lab.Session, new EventRequest { Count = 1 }, lab.Outlet, default);
        await CommitAsync([Put("test.first")]);

        await watch.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("test.first", Assert.Single(lab.Outlet.Of<DecnetEvent>()).Topic);
        Assert.Empty(lab.Outlet.Faults);
    }

    [Fact]
    public async Task Watching_ends_when_it_is_cancelled()
    {
        await EmitAsync(1);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => EventWatch.RunAsync(lab.Session, new EventRequest(), lab.Outlet, stop.Token).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    async Task<long[]> ReadAsync(EventRequest request)
    {
        var outlet = new RecordingOutlet();
        await EventReading.ReadAsync(lab.Session, request, outlet, default);
        return [.. outlet.Of<DecnetEvent>().Select(happened => happened.Sequence)];
    }

    async Task ReadsAsync(EventRequest request, params long[] expected) => Assert.Equal(expected, await ReadAsync(request));

    Task EmitAsync(int count) => CommitAsync([.. Enumerable.Range(1, count).Select(i => Put(i % 2 == 0 ? "test.even" : "test.odd"))]);

    async Task CommitAsync(IReadOnlyList<StateChange> changes)
    {
        var fleet = await lab.OpenAsync();
        await fleet.Store.CommitAsync(changes, fleet.Clock.GetUtcNow());
    }

    static StateChange Put(string topic, string payload = "{}") => new StateChange.Announce { Events = [new EventDraft(topic, "test", payload)] };
}
