namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Workers and hosts.</summary>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task Workers_are_added_replaced_and_ordered()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var stopped = Worker(HostA, "b") with { ProcessId = 9, LastBeat = Start.AddSeconds(30), StoppedAt = Start.AddSeconds(31) };

        await Commit(
            store,
            Start,
            new StateChange.PutWorker(Worker(HostB, "a", Start)),
            new StateChange.PutWorker(Worker(HostA, "b")),
            new StateChange.PutWorker(Worker(HostA, "a")),
            new StateChange.PutWorker(stopped));

        Assert.Equal([Worker(HostA, "a"), stopped, Worker(HostB, "a", Start)], await store.ListWorkersAsync());
    }

    [Fact]
    public async Task Hosts_are_added_and_replaced_and_their_names_are_unique()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var renamed = Host(HostA, "zulu") with { Address = "10.0.0.9", Status = FleetHostStatus.Lost, LastHeartbeat = Start };

        var result = await Commit(
            store,
            Start,
            new StateChange.PutHost(Host(HostA, "alpha")),
            new StateChange.PutHost(Host(HostB, "alpha")),
            new StateChange.PutHost(renamed),
            new StateChange.PutHost(Host(HostB, "alpha")));

        Assert.Equal([true, false, true, true], result.Applied);
        Assert.Equal([Host(HostB, "alpha"), renamed], await store.ListHostsAsync());
        Assert.Equal(renamed, await store.FindHostAsync(HostA));
        Assert.Null(await store.FindHostAsync(HostId.Parse("nobody")));
    }

    [Fact, Trait("Weakness", "L-7.2")]
    public async Task Removing_a_host_takes_its_rows_and_ends_its_operations()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store,
            Start,
            new StateChange.PutHost(Host(HostA, "alpha")),
            new StateChange.PutHost(Host(HostB, "bravo")),
            new StateChange.InsertDecky(Row("web-01", HostA)),
            new StateChange.InsertDecky(Row("web-02", HostA)),
            new StateChange.InsertDecky(Row("web-01", HostB)),
            new StateChange.AddOperation(Deploy("web-01", 1, HostA)),
            new StateChange.AddOperation(Deploy("web-02", 2, HostA)),
            new StateChange.AddOperation(Deploy("web-01", 3, HostB)),
            new StateChange.AdvanceOperation(Id(2), OperationStatus.Running));

        var result = await Commit(store, Start.AddSeconds(9), new StateChange.RemoveHost(HostA) { Events = Event("system.host-a.removed") });

        Assert.Equal([true], result.Applied);
        Assert.Equal(["bravo"], (await store.ListHostsAsync()).Select(host => host.Name));
        Assert.Equal([HostB], (await store.ListDeckiesAsync()).Select(row => row.HostId));
        Assert.Empty((await store.ReadAsync(HostA)).OpenOperations);
        Assert.Equal(Id(3), Assert.Single((await store.ReadAsync(HostB)).OpenOperations).Id);
        Assert.All(await store.ListOperationsAsync(new OperationQuery { HostId = HostA }), ended =>
        {
            Assert.Equal(OperationStatus.Failed, ended.Status);
            Assert.Equal(Start.AddSeconds(9), ended.CompletedAt);
            Assert.False(string.IsNullOrWhiteSpace(ended.Error));
        });
        Assert.Equal(1, await log.GetLastSequenceAsync());
    }

    [Fact]
    public async Task Removing_a_host_that_is_not_there_is_skipped_and_touches_no_rows()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.InsertDecky(Row("web-01", HostA)), new StateChange.AddOperation(Deploy("web-01", 1, HostA)));

        var result = await Commit(store, Start, new StateChange.RemoveHost(HostA) { Events = Event("a.b") });

        Assert.Equal([false], result.Applied);
        Assert.Single((await store.ReadAsync(HostA)).Rows);
        Assert.Single((await store.ReadAsync(HostA)).OpenOperations);
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }
}
