namespace Decnet.Fleet.Sqlite.Tests.Tables;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

public sealed class RetentionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_log_that_is_far_over_its_limit_shrinks_in_short_steps_without_gaps()
    {
        await using (var wide = await OpenAsync(new SqliteStateStoreOptions()))
        {
            await wide.CommitAsync([Announce([.. Enumerable.Repeat("a.b", 3000)])], Start);
        }

        await using var store = await OpenAsync(new SqliteStateStoreOptions { EventRetention = new EventRetention { MaxEvents = 10 } });
        var sizes = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            await store.CommitAsync([Announce("a.b")], Start);
            var events = (await store.ReadAsync(0, limit: 10_000)).Events;
            Assert.Equal(Enumerable.Range(0, events.Count).Select(n => events[0].Sequence + n), events.Select(entry => entry.Sequence));
            sizes.Add(events.Count);
        }

        Assert.Equal([2500, 2000, 1500, 1000, 500, 10, 10, 10], sizes);
    }

    [Fact, Trait("Weakness", "L-3.1")]
    public async Task Only_so_many_ended_operations_are_kept_and_every_open_one()
    {
        await using var store = await OpenAsync(
            new SqliteStateStoreOptions { OperationRetention = new OperationRetention { MaxEnded = 3 } });
        await store.CommitAsync([new StateChange.AddOperation(Deploy("open", 100))], Start);

        for (var i = 1; i <= 8; i++)
        {
            await EndAsync(store, i, Start.AddMinutes(i));
        }

        var kept = await store.ListOperationsAsync(new OperationQuery());
        Assert.Equal([Id(100), Id(8), Id(7), Id(6)], kept.Select(operation => operation.Id));
    }

    [Fact, Trait("Weakness", "L-3.1")]
    public async Task Operations_that_ended_long_ago_are_removed()
    {
        await using var store = await OpenAsync(
            new SqliteStateStoreOptions { OperationRetention = new OperationRetention { MaxAge = TimeSpan.FromDays(1) } });
        await EndAsync(store, 1, Start);
        await EndAsync(store, 2, Start.AddHours(20));

        await EndAsync(store, 3, Start.AddHours(30));

        Assert.Equal([Id(3), Id(2)], (await store.ListOperationsAsync(new OperationQuery())).Select(operation => operation.Id));
    }

    public void Dispose() => folder.Dispose();

    static async Task EndAsync(SqliteStateStore store, int id, DateTimeOffset at)
    {
        await store.CommitAsync([new StateChange.AddOperation(Deploy($"d{id}", id))], at);
        await store.CommitAsync([new StateChange.AdvanceOperation(Id(id), OperationStatus.Succeeded)], at);
    }

    Task<SqliteStateStore> OpenAsync(SqliteStateStoreOptions options) => SqliteStateStore.OpenAsync(folder.File("decnet.db"), options);
}
