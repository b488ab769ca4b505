namespace Decnet.Fleet.Sqlite.Tests.Events;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class FollowTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_position_is_fixed_by_the_call_and_not_by_the_first_look()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        await store.CommitAsync([Announce("before")], Start);

        var sequence = store.FollowAsync();
        await other.CommitAsync([Announce("after")], Start);

        await using var events = sequence.GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("after", events.Current.Topic);
    }

    [Fact]
    public async Task A_commit_of_the_same_store_wakes_a_follower_whatever_its_interval()
    {
        var options = new SqliteStateStoreOptions { FollowInterval = TimeSpan.FromHours(1) };
        await using var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db"), options);
        await using var events = store.FollowAsync().GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await Task.Delay(50);

        await store.CommitAsync([Announce("a.b")], Start);

        Assert.True(await next.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task The_interval_is_measured_on_the_stores_clock()
    {
        var clock = new FakeTimeProvider();
        await using var store = await SqliteStateStore.OpenAsync(folder.File("decnet.db"), clock: clock);
        await using var other = await OpenAsync();
        await using var events = store.FollowAsync().GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await UntilAsync(() => clock.PendingTimers == 1);

        await other.CommitAsync([Announce("a.b")], Start);
        clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True(await next.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_follower_of_a_store_that_is_closed_is_told_so()
    {
        var store = await OpenAsync();
        await using var events = store.FollowAsync().GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await Task.Delay(50);

        await store.DisposeAsync();

        var error = await Assert.ThrowsAsync<StateStoreException>(() => next.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(StateStoreError.Closed, error.Error);
        Assert.Equal(StateStoreError.Closed, Assert.Throws<StateStoreException>(() => store.FollowAsync()).Error);
    }

    [Fact]
    public async Task Processes_that_write_at_once_lose_nothing_and_a_follower_sees_all_in_order_and_soon()
    {
        const int writers = 3;
        const int each = 60;
        await using var store = await OpenAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var following = FollowAsync(store, writers * each, limit.Token);

        var outputs = await Task.WhenAll(Enumerable.Range(0, writers).Select(
            writer => ChildProcess.RunAsync("write", folder.File("decnet.db"), $"w{writer}", $"{each}")));

        var given = outputs.SelectMany(output => output.Split('\n')).Select(long.Parse).Order();
        Assert.Equal(Enumerable.Range(1, writers * each).Select(n => (long)n), given);
        Assert.Equal(writers * each, (await store.ListDeckiesAsync()).Count);
        var seen = await following;
        Assert.Equal(Enumerable.Range(1, writers * each).Select(n => (long)n), seen.Select(entry => entry.Event.Sequence));
        var delays = seen.Select(entry => entry.Delay.TotalMilliseconds).Order().ToArray();
        Assert.InRange(delays[delays.Length / 2], 0, 250);
        Assert.Empty(await store.CheckIntegrityAsync());
    }

    public void Dispose() => folder.Dispose();

    static async Task<List<(DecnetEvent Event, TimeSpan Delay)>> FollowAsync(SqliteStateStore store, int count, CancellationToken cancellationToken)
    {
        var seen = new List<(DecnetEvent, TimeSpan)>();
        await foreach (var entry in store.FollowAsync(cancellationToken: cancellationToken))
        {
            seen.Add((entry, DateTimeOffset.UtcNow - entry.Time));
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }

    Task<SqliteStateStore> OpenAsync() => SqliteStateStore.OpenAsync(folder.File("decnet.db"));
}
