namespace Decnet.Fleet.Tests.InMemory;

using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing.Contracts;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class InMemoryStateStoreTests : StateStoreContract
{
    [Fact]
    public async Task An_ordered_failure_changes_nothing_and_is_over_after_its_times()
    {
        await using var store = new InMemoryStateStore();
        store.FailNextCommit(StateStoreError.Full);
        store.FailCommits(StateStoreError.Locked, 2);
        StateChange[] changes = [new StateChange.InsertDecky(Row("web-01")) { Events = Event("a.b") }];

        var errors = new List<StateStoreError>();
        for (var i = 0; i < 3; i++)
        {
            errors.Add((await Assert.ThrowsAsync<StateStoreException>(() => store.CommitAsync(changes, Start))).Error);
        }

        Assert.Equal([StateStoreError.Full, StateStoreError.Locked, StateStoreError.Locked], errors);
        Assert.Empty(await store.ListDeckiesAsync());
        Assert.Equal(0, store.Commits);
        Assert.Equal([true], (await store.CommitAsync(changes, Start)).Applied);
        Assert.Equal(1, store.Commits);
        Assert.Equal(1, await store.GetLastSequenceAsync());
    }

    [Fact]
    public async Task Ordered_failures_can_be_taken_back()
    {
        await using var store = new InMemoryStateStore();
        store.FailCommits(StateStoreError.Locked, 5);
        store.FailCommits(StateStoreError.Locked, 0);

        Assert.Equal([true], (await store.CommitAsync([new StateChange.Announce()], Start)).Applied);
    }

    [Fact]
    public async Task Ordered_failures_of_reads_concern_rows_and_events()
    {
        await using var store = new InMemoryStateStore();
        store.FailReads(StateStoreError.Corrupt, 2);

        Assert.Equal(StateStoreError.Corrupt, (await Assert.ThrowsAsync<StateStoreException>(() => store.ReadAsync(HostId.Local))).Error);
        Assert.Equal(StateStoreError.Corrupt, (await Assert.ThrowsAsync<StateStoreException>(() => store.ReadAsync(0))).Error);
        Assert.Empty(await store.ListDeckiesAsync());
    }

    [Fact]
    public async Task A_slow_commit_takes_its_time_on_the_stores_clock()
    {
        await using var store = new InMemoryStateStore(time: Clock);
        store.CommitDelay = TimeSpan.FromSeconds(10);

        var commit = store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start);
        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(commit.IsCompleted);
        Assert.Empty(await store.ListDeckiesAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([true], (await commit).Applied);
    }

    [Fact]
    public async Task Commits_counts_only_transactions_that_changed_something()
    {
        await using var store = new InMemoryStateStore();

        await store.CommitAsync([], Start);
        await store.CommitAsync([new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 1)], Start);

        Assert.Equal(0, store.Commits);
    }

    [Fact]
    public async Task Closing_ends_followers_with_an_error()
    {
        var store = new InMemoryStateStore();
        await using var follower = store.FollowAsync().GetAsyncEnumerator();
        var waiting = follower.MoveNextAsync().AsTask();

        await store.DisposeAsync();

        Assert.Equal(StateStoreError.Closed, (await Assert.ThrowsAsync<StateStoreException>(() => waiting)).Error);
    }

    protected override Task<(IStateStore Store, IEventLog Log)> OpenAsync(EventRetention? retention = null)
    {
        var store = new InMemoryStateStore(retention, Clock);
        return Task.FromResult<(IStateStore, IEventLog)>((store, store));
    }
}
