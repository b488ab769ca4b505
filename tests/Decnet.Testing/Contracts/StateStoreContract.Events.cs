namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>The event log.</summary>
public abstract partial class StateStoreContract
{
    [Fact]
    [Trait("Weakness", "L-5.1")]
    public async Task Events_are_logged_with_their_changes_and_numbered_without_gaps()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        var first = await Commit(
            store,
            Start,
            new StateChange.InsertDecky(Row("web-01")) { Events = Event("decky.local:web-01.state", """{"state":"running"}""") },
            new StateChange.InsertDecky(Row("web-01")) { Events = Event("decky.local:web-01.state", """{"state":"never"}""") },
            new StateChange.PutWorker(Worker(HostId.Local)),
            Announce("system.reconciler.health", "system.reconciler.control"));
        var second = await Commit(store, Start.AddSeconds(1), Announce("a"));

        Assert.Equal((1L, 3L), (first.FirstSequence, first.LastSequence));
        Assert.Equal((4L, 4L), (second.FirstSequence, second.LastSequence));
        Assert.Equal(4, await log.GetLastSequenceAsync());
        var page = await log.ReadAsync(0);
        Assert.Equal([1, 2, 3, 4], page.Events.Select(entry => entry.Sequence));
        Assert.Equal([Start, Start, Start, Start.AddSeconds(1)], page.Events.Select(entry => entry.Time));
        Assert.Equal(
            new DecnetEvent
            {
                Sequence = 1,
                Time = Start,
                Topic = "decky.local:web-01.state",
                Type = "state",
                Payload = """{"state":"running"}""",
            },
            page.Events[0]);
    }

    [Theory, Trait("Weakness", "L-5.2")]
    [InlineData("decky.*.state")]
    [InlineData("decky.>")]
    [InlineData("decky..state")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task An_event_without_a_valid_topic_is_refused_with_its_whole_transaction(string topic)
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        await Assert.ThrowsAsync<ArgumentException>(() => Commit(store, Start, new StateChange.InsertDecky(Row("web-01")), Announce("a.b", topic)));

        Assert.Empty((await store.ReadAsync(HostId.Local)).Rows);
        Assert.Equal(0, await log.GetLastSequenceAsync());
        Assert.Equal(1, (await Commit(store, Start, Announce("a.b"))).FirstSequence);
    }

    [Fact]
    public async Task Pages_lead_from_one_to_the_next()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, Announce("t.1", "t.2", "t.3", "t.4", "t.5"));

        var first = await log.ReadAsync(0, limit: 2);
        var second = await log.ReadAsync(first.Next, limit: 2);
        var third = await log.ReadAsync(second.Next, limit: 2);
        var fourth = await log.ReadAsync(third.Next, limit: 2);

        Assert.Equal(["t.1", "t.2"], first.Events.Select(entry => entry.Topic));
        Assert.Equal(["t.3", "t.4"], second.Events.Select(entry => entry.Topic));
        Assert.Equal(["t.5"], third.Events.Select(entry => entry.Topic));
        Assert.Empty(fourth.Events);
        Assert.Equal([2, 4, 5, 5], [first.Next, second.Next, third.Next, fourth.Next]);
        Assert.Equal(0, first.Missed + second.Missed + third.Missed + fourth.Missed);
    }

    [Fact]
    public async Task A_pattern_filters_and_the_position_passes_over_what_did_not_match()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, Announce("decky.a:x.state", "system.w.health", "decky.b:y.state", "decky.x.lifecycle", "system.w.health"));

        var page = await log.ReadAsync(0, TopicPattern.Parse("decky.*.state"));
        var one = await log.ReadAsync(0, TopicPattern.Parse("decky.>"), limit: 2);
        var rest = await log.ReadAsync(one.Next, TopicPattern.Parse("decky.>"), limit: 2);
        var none = await log.ReadAsync(0, TopicPattern.Parse("nothing"));

        Assert.Equal([1, 3], page.Events.Select(entry => entry.Sequence));
        Assert.Equal(5, page.Next);
        Assert.Equal([1, 3], one.Events.Select(entry => entry.Sequence));
        Assert.Equal([4], rest.Events.Select(entry => entry.Sequence));
        Assert.Empty(none.Events);
        Assert.Equal(5, none.Next);
    }

    [Fact]
    public async Task Only_so_many_events_are_kept_and_a_reader_is_told_what_it_missed()
    {
        var (store, log) = await OpenAsync(new EventRetention { MaxEvents = 3 });
        await using var closing = store;
        await Commit(store, Start, Announce("t.1", "t.2"));
        await Commit(store, Start, Announce("t.3", "t.4", "t.5"));

        var page = await log.ReadAsync(1);
        var current = await log.ReadAsync(2);

        Assert.Equal([3, 4, 5], page.Events.Select(entry => entry.Sequence));
        Assert.Equal(1, page.Missed);
        Assert.Equal(0, current.Missed);
        Assert.Equal([3, 4, 5], current.Events.Select(entry => entry.Sequence));
        Assert.Equal([3, 4, 5], (await log.ReadAsync(0)).Events.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Old_events_are_dropped_and_their_numbers_are_not_given_again()
    {
        var (store, log) = await OpenAsync(new EventRetention { MaxAge = TimeSpan.FromHours(1) });
        await using var closing = store;
        await Commit(store, Clock.GetUtcNow(), Announce("t.1", "t.2"));
        Clock.Advance(TimeSpan.FromMinutes(40));
        await Commit(store, Clock.GetUtcNow(), Announce("t.3"));
        Clock.Advance(TimeSpan.FromMinutes(40));

        var result = await Commit(store, Clock.GetUtcNow(), Announce("t.4"));

        Assert.Equal(4, result.FirstSequence);
        var page = await log.ReadAsync(1);
        Assert.Equal([3, 4], page.Events.Select(entry => entry.Sequence));
        Assert.Equal(1, page.Missed);
    }

    [Fact]
    [Trait("Weakness", "L-5.6")]
    public async Task A_follower_reads_on_from_its_position_and_then_gets_what_is_committed()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await Commit(store, Start, Announce("t.1", "x", "t.2", "t.3"));

        await using var follower = log.FollowAsync(1, TopicPattern.Parse("t.*"), ending.Token).GetAsyncEnumerator();
        Assert.Equal("t.2", await Next(follower));
        Assert.Equal("t.3", await Next(follower));
        var waiting = Next(follower);
        Assert.False(waiting.IsCompleted);
        await Commit(store, Start, Announce("x", "t.4"), Announce("t.5"));

        Assert.Equal("t.4", await waiting);
        Assert.Equal("t.5", await Next(follower));
    }

    [Fact]
    public async Task A_follower_without_a_position_gets_new_events_only()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await Commit(store, Start, Announce("old.1", "old.2"));

        await using var follower = log.FollowAsync(cancellationToken: ending.Token).GetAsyncEnumerator();
        var waiting = Next(follower);
        while (!waiting.IsCompleted)
        {
            await Commit(store, Start, Announce("new"));
            await Task.WhenAny(waiting, Task.Delay(20));
        }

        Assert.Equal("new", await waiting);
    }

    [Fact]
    public async Task Every_follower_gets_every_event_in_order()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        var followers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var seen = new List<long>();
            await foreach (var entry in log.FollowAsync(0, cancellationToken: ending.Token))
            {
                seen.Add(entry.Sequence);
                if (seen.Count == 40)
                {
                    break;
                }
            }

            return seen;
        })).ToArray();
        for (var i = 0; i < 20; i++)
        {
            await Commit(store, Start, Announce("a", "b"));
        }

        Assert.All(await Task.WhenAll(followers), seen => Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), seen));
    }

    [Fact]
    public async Task Cancelling_ends_a_follower()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        using var ending = new CancellationTokenSource();
        await using var follower = log.FollowAsync(0, cancellationToken: ending.Token).GetAsyncEnumerator();
        var waiting = follower.MoveNextAsync().AsTask();

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    static async Task<string> Next(IAsyncEnumerator<DecnetEvent> follower)
    {
        Assert.True(await follower.MoveNextAsync());
        return follower.Current.Topic;
    }
}
