namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Several users at once, and the end.</summary>
public abstract partial class StateStoreContract
{
    const int Writers = 8;

    [Fact]
    public async Task Transactions_of_several_tasks_do_not_mix_and_lose_nothing()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        const int each = 15;

        var ranges = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var results = new List<CommitResult>();
            for (var i = 0; i < each; i++)
            {
                results.Add(await Commit(
                    store,
                    Start,
                    new StateChange.InsertDecky(Row($"d-{writer}-{i}")) { Events = Event($"w.{writer}") },
                    Announce($"w.{writer}", $"w.{writer}")));
            }

            return results;
        })))).SelectMany(results => results).OrderBy(result => result.FirstSequence).ToArray();

        Assert.Equal(Writers * each, (await store.ReadAsync(HostId.Local)).Rows.Count);
        Assert.Equal(Writers * each * 3, await log.GetLastSequenceAsync());
        Assert.Equal(Enumerable.Range(0, Writers * each).Select(i => (i * 3L) + 1), ranges.Select(result => result.FirstSequence));
        var topics = (await log.ReadAsync(0)).Events.Select(entry => entry.Topic).ToArray();
        Assert.All(topics.Chunk(3), of => Assert.Single(of.Distinct()));
    }

    [Fact, Trait("Weakness", "L-7.1")]
    public async Task Of_several_writers_that_insert_the_same_decky_one_wins_and_none_fails()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;

        var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
            Commit(store, Start, new StateChange.InsertDecky(Row("web-01")) { Events = Event($"w.{writer}") }))));

        var winner = Assert.Single(Enumerable.Range(0, Writers), writer => results[writer].Applied[0]);
        Assert.Single((await store.ReadAsync(HostId.Local)).Rows);
        Assert.Equal($"w.{winner}", Assert.Single((await log.ReadAsync(0)).Events).Topic);
    }

    [Fact]
    public async Task Of_several_writers_with_the_same_revision_one_wins()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01")));
        var read = Assert.Single((await store.ReadAsync(HostId.Local)).Rows);

        var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
            Commit(store, Start, new StateChange.UpdateDecky(read with { Reason = $"writer {writer}" }) { Events = Event($"w.{writer}") }))));

        var winner = Assert.Single(Enumerable.Range(0, Writers), writer => results[writer].Applied[0]);
        Assert.Equal($"writer {winner}", Assert.Single((await store.ReadAsync(HostId.Local)).Rows).Reason);
        Assert.Equal($"w.{winner}", Assert.Single((await log.ReadAsync(0)).Events).Topic);
    }

    [Fact, Trait("Weakness", "L-3.2")]
    public async Task Of_several_workers_that_end_an_operation_one_wins()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.AddOperation(Deploy("web-01", 1)));

        var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
            Commit(store, Start, new StateChange.AdvanceOperation(Id(1), OperationStatus.Failed, $"worker {writer}")))));

        var winner = Assert.Single(Enumerable.Range(0, Writers), writer => results[writer].Applied[0]);
        Assert.Equal($"worker {winner}", Assert.Single(await store.ListOperationsAsync(new OperationQuery())).Error);
    }

    [Fact]
    public async Task Readers_see_all_of_a_transaction_or_nothing()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await Commit(store, Start, new StateChange.InsertDecky(Row($"a-{i}")), new StateChange.InsertDecky(Row($"b-{i}")));
            }
        });

        do
        {
            Assert.Equal(0, (await store.ReadAsync(HostId.Local)).Rows.Count % 2);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_cancelled_commit_changes_nothing()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.CommitAsync([new StateChange.InsertDecky(Row("web-01"))], Start, new CancellationToken(true)));

        Assert.Empty((await store.ReadAsync(HostId.Local)).Rows);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var (store, log) = await OpenAsync();
        await store.DisposeAsync();

        var write = await Assert.ThrowsAsync<StateStoreException>(() => Commit(store, Start, Announce("a")));
        var read = await Assert.ThrowsAsync<StateStoreException>(() => store.ReadAsync(HostId.Local));
        var events = await Assert.ThrowsAsync<StateStoreException>(() => log.ReadAsync(0));

        Assert.All([write, read, events], error => Assert.Equal(StateStoreError.Closed, error.Error));
    }
}
