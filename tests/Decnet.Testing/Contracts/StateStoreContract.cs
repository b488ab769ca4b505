namespace Decnet.Testing.Contracts;

using System.Net;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>What every state store and its event log must do. This part: the rows of deckies.</summary>
public abstract partial class StateStoreContract
{
    protected FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>Opens an empty store; the test closes it.</summary>
    protected abstract Task<(IStateStore Store, IEventLog Log)> OpenAsync(EventRetention? retention = null);

    [Fact]
    public async Task A_new_store_holds_nothing()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        var state = await store.ReadAsync(HostId.Local);

        Assert.Equal(HostId.Local, state.HostId);
        Assert.Empty(state.Rows);
        Assert.Empty(state.OpenOperations);
        Assert.Empty(await store.ListDeckiesAsync());
        Assert.Empty(await store.ListOperationsAsync(new OperationQuery()));
        Assert.Empty(await store.ListWorkersAsync());
        Assert.Empty(await store.ListHostsAsync());
        Assert.Equal(0, await log.GetLastSequenceAsync());
        Assert.NotEmpty((await store.DescribeAsync()).Kind);
    }

    [Fact]
    public async Task An_inserted_row_comes_back_whole_with_revision_1_and_the_time_of_the_commit()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var row = Row("web-01", state: DeckyState.Degraded) with
        {
            Reason = "web-01-ssh: exited (137) — ключ",
            LastSeen = Start.AddMilliseconds(-500),
            IPAddress = IPAddress.Parse("10.255.0.1"),
        };

        var result = await Commit(store, Start.AddSeconds(7), new StateChange.InsertDecky(row with { Revision = 42 }));

        Assert.Equal([true], result.Applied);
        Assert.Equal(0, result.FirstSequence);
        Assert.Equal(0, result.LastSequence);
        Assert.Equal([row with { Revision = 1, UpdatedAt = Start.AddSeconds(7) }], (await store.ReadAsync(HostId.Local)).Rows);
    }

    [Theory]
    [InlineData(DeckyState.Pending)]
    [InlineData(DeckyState.Running)]
    [InlineData(DeckyState.Degraded)]
    [InlineData(DeckyState.Failed)]
    [InlineData(DeckyState.TornDown)]
    [InlineData(DeckyState.TearingDown)]
    [InlineData(DeckyState.TeardownFailed)]
    public async Task Every_state_of_a_decky_is_kept(DeckyState state)
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01", state: state)));

        Assert.Equal(state, Assert.Single((await store.ReadAsync(HostId.Local)).Rows).State);
    }

    [Fact, Trait("Weakness", "L-7.1")]
    public async Task A_second_insert_of_the_same_decky_is_skipped_and_does_not_fail()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01")));

        var result = await Commit(
            store,
            Start.AddSeconds(1),
            new StateChange.InsertDecky(Row("web-01", state: DeckyState.Failed)) { Events = Event("a.b") },
            new StateChange.InsertDecky(Row("web-02")) { Events = Event("a.c") });

        Assert.Equal([false, true], result.Applied);
        Assert.Equal(DeckyState.Running, (await store.ReadAsync(HostId.Local)).Rows[0].State);
        Assert.Equal(["a.c"], (await log.ReadAsync(0)).Events.Select(entry => entry.Topic));
    }

    [Fact]
    public async Task An_update_replaces_the_whole_row_and_counts_its_revision()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01") with { Reason = "old", LastSeen = Start }));
        var read = Assert.Single((await store.ReadAsync(HostId.Local)).Rows);
        var next = read with { State = DeckyState.Failed, Reason = null, LastSeen = null, Services = ["smtp"], ConfigHash = new string('b', 64) };

        var first = await Commit(store, Start.AddSeconds(1), new StateChange.UpdateDecky(next));
        var stale = await Commit(store, Start.AddSeconds(2), new StateChange.UpdateDecky(next with { State = DeckyState.Running }));

        Assert.Equal([true], first.Applied);
        Assert.Equal([false], stale.Applied);
        Assert.Equal([next with { Revision = 2, UpdatedAt = Start.AddSeconds(1) }], (await store.ReadAsync(HostId.Local)).Rows);
    }

    [Fact]
    public async Task An_update_of_a_row_that_is_gone_is_skipped()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(store, Start, new StateChange.UpdateDecky(Row("web-01") with { Revision = 1 }) { Events = Event("a.b") });

        Assert.Equal([false], result.Applied);
        Assert.Empty((await store.ReadAsync(HostId.Local)).Rows);
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    [Fact]
    public async Task A_row_that_was_removed_and_added_again_is_closed_to_writers_from_before()
    {
        var (store, log) = await OpenAsync();
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01")), new StateChange.InsertDecky(Row("web-02")));
        var stale = (await store.ReadAsync(HostId.Local)).Rows[0];

        var result = await Commit(
            store, Start,
            new StateChange.DeleteDecky(HostId.Local, stale.Name, stale.Revision),
            new StateChange.InsertDecky(Row("web-01")),
            new StateChange.UpdateDecky(stale with { State = DeckyState.Failed }) { Events = Event("a.b") },
            new StateChange.DeleteDecky(HostId.Local, stale.Name, stale.Revision));

        Assert.Equal([true, true, false, false], result.Applied);
        Assert.Equal(0, await log.GetLastSequenceAsync());
        Assert.True((await store.ReadAsync(HostId.Local)).Rows[0].Revision > stale.Revision);
    }

    [Fact]
    public async Task A_delete_needs_the_revision_that_was_read()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01")));

        var stale = await Commit(store, Start, new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 2));
        var right = await Commit(store, Start, new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 1));
        var again = await Commit(store, Start, new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 1));

        Assert.Equal([false, true, false], [.. stale.Applied, .. right.Applied, .. again.Applied]);
        Assert.Empty((await store.ReadAsync(HostId.Local)).Rows);
    }

    [Fact]
    public async Task Changes_of_one_transaction_see_those_before_them()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(
            store,
            Start,
            new StateChange.InsertDecky(Row("web-01")),
            new StateChange.UpdateDecky(Row("web-01", state: DeckyState.Failed) with { Revision = 1 }),
            new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 1),
            new StateChange.DeleteDecky(HostId.Local, Name("web-01"), 2),
            new StateChange.InsertDecky(Row("web-01")));

        Assert.Equal([true, true, false, true, true], result.Applied);
        Assert.Equal(3, Assert.Single((await store.ReadAsync(HostId.Local)).Rows).Revision);
    }

    [Fact]
    public async Task A_commit_without_changes_does_nothing()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(store, Start);

        Assert.Equal(new CommitResult([], 0, 0), result);
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    [Fact, Trait("Weakness", "L-7.1"), Trait("Weakness", "L-7.3")]
    public async Task Two_hosts_may_have_a_decky_of_the_same_name()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        await Commit(
            store,
            Start,
            new StateChange.InsertDecky(Row("web-01", HostB, DeckyState.Failed)),
            new StateChange.InsertDecky(Row("web-01", HostA)),
            new StateChange.AddOperation(Deploy("web-01", 1, HostA)),
            new StateChange.AddOperation(Deploy("web-01", 2, HostB)));
        await Commit(store, Start, new StateChange.DeleteDecky(HostA, Name("web-01"), 1));

        Assert.Empty((await store.ReadAsync(HostA)).Rows);
        var other = await store.ReadAsync(HostB);
        Assert.Equal(DeckyState.Failed, Assert.Single(other.Rows).State);
        Assert.Equal(Id(2), Assert.Single(other.OpenOperations).Id);
    }

    [Fact, Trait("Weakness", "L-7.4")]
    public async Task Rows_and_operations_say_local_in_the_same_way()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01")), new StateChange.AddOperation(Deploy("web-01", 1)));

        var state = await store.ReadAsync(HostId.Parse("local"));
        Assert.Equal(state.Rows[0].HostId, state.OpenOperations[0].HostId);
        Assert.Equal("local", state.OpenOperations[0].HostId.Value);
    }

    [Fact]
    public async Task Rows_are_ordered_by_host_and_name()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        string[] names = ["web-2", "web-10", "a", "web", "0"];

        await Commit(store, Start, [.. names.SelectMany(name => new StateChange[]
        {
            new StateChange.InsertDecky(Row(name, HostB)),
            new StateChange.InsertDecky(Row(name, HostA)),
        })]);

        string[] sorted = ["0", "a", "web", "web-10", "web-2"];
        Assert.Equal(sorted, (await store.ReadAsync(HostA)).Rows.Select(row => row.Name.Value));
        Assert.Equal(
            [.. sorted.Select(name => "host-a:" + name), .. sorted.Select(name => "host-b:" + name)],
            (await store.ListDeckiesAsync()).Select(row => $"{row.HostId}:{row.Name}"));
        Assert.All(await store.ListDeckiesAsync(HostB), row => Assert.Equal(HostB, row.HostId));
        Assert.Equal(5, (await store.ListDeckiesAsync(HostB)).Count);
    }

    [Fact, Trait("Weakness", "L-7.1")]
    public async Task Deckies_of_every_state_are_listed()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var states = Enum.GetValues<DeckyState>();

        await Commit(store, Start, [.. states.Select((state, i) => new StateChange.InsertDecky(Row($"d{i}", state: state)))]);

        Assert.Equal(states, (await store.ListDeckiesAsync()).Select(row => row.State));
    }

    [Fact, Trait("Weakness", "L-1.8")]
    public async Task Last_seen_follows_the_observations_of_the_hosts_worker()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var observed = Start.AddMinutes(5);
        await Commit(
            store,
            Start,
            new StateChange.InsertDecky(Row("running") with { LastSeen = Start }),
            new StateChange.InsertDecky(Row("degraded", state: DeckyState.Degraded)),
            new StateChange.InsertDecky(Row("failed", state: DeckyState.Failed) with { LastSeen = Start }),
            new StateChange.InsertDecky(Row("later") with { LastSeen = observed.AddMinutes(1) }),
            new StateChange.InsertDecky(Row("gone", state: DeckyState.TornDown) with { LastSeen = Start }),
            new StateChange.InsertDecky(Row("pending", state: DeckyState.Pending)),
            new StateChange.InsertDecky(Row("elsewhere", HostB) with { LastSeen = Start }),
            new StateChange.PutWorker(Worker(HostId.Local, observed: observed)),
            new StateChange.PutWorker(Worker(HostId.Local, "other", observed.AddMinutes(-1))),
            new StateChange.PutWorker(Worker(HostB)));

        var seen = (await store.ListDeckiesAsync()).ToDictionary(row => row.Name.Value, row => row.LastSeen);

        Assert.Equal(observed, seen["running"]);
        Assert.Equal(observed, seen["degraded"]);
        Assert.Equal(observed, seen["failed"]);
        Assert.Equal(observed.AddMinutes(1), seen["later"]);
        Assert.Equal(Start, seen["gone"]);
        Assert.Null(seen["pending"]);
        Assert.Equal(Start, seen["elsewhere"]);
        Assert.Equal(Start, (await store.ReadAsync(HostId.Local)).Rows.Single(row => row.Name == Name("running")).LastSeen);
    }

    protected static Task<CommitResult> Commit(IStateStore store, DateTimeOffset at, params StateChange[] changes) =>
        store.CommitAsync(changes, at);
}
