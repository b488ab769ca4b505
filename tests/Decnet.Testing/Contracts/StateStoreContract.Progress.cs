namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>How far operations have got.</summary>
public abstract partial class StateStoreContract
{
    [Theory]
    [InlineData(OperationPhase.Network, 0, 0)]
    [InlineData(OperationPhase.Images, 1, 3)]
    [InlineData(OperationPhase.Containers, 2, 4)]
    [InlineData(OperationPhase.Verification, 4, 4)]
    public async Task The_progress_of_a_running_operation_comes_back_whole(OperationPhase phase, int done, int total)
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await BeginAsync(store);
        Assert.Null(Assert.Single((await store.ReadAsync(HostId.Local)).OpenOperations).Progress);

        var result = await Commit(
            store, Start.AddSeconds(3), new StateChange.ReportProgress(Id(1), new OperationProgress(phase, done, total)) { Events = Event("a.b") });

        Assert.Equal([true], result.Applied);
        var open = Assert.Single((await store.ReadAsync(HostId.Local)).OpenOperations);
        Assert.Equal(new OperationProgress(phase, done, total), open.Progress);
        Assert.Equal((Start, Start.AddSeconds(3)), (open.StartedAt, open.UpdatedAt));
        Assert.Equal(1, await log.GetLastSequenceAsync());
    }

    [Theory]
    [InlineData(OperationStatus.Succeeded)]
    [InlineData(OperationStatus.Failed)]
    public async Task The_last_progress_is_kept_at_the_end(OperationStatus end)
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await BeginAsync(store);

        await Commit(
            store,
            Start.AddSeconds(3),
            new StateChange.ReportProgress(Id(1), new OperationProgress(OperationPhase.Images, 1, 3)),
            new StateChange.ReportProgress(Id(1), new OperationProgress(OperationPhase.Containers, 2, 3)),
            new StateChange.AdvanceOperation(Id(1), end));

        var ended = Assert.Single(await store.ListOperationsAsync(new OperationQuery()));
        Assert.Equal((end, new OperationProgress(OperationPhase.Containers, 2, 3)), (ended.Status, ended.Progress));
    }

    [Fact]
    public async Task Progress_of_an_operation_that_does_not_run_is_skipped()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        var progress = new OperationProgress(OperationPhase.Containers, 1, 3);
        await BeginAsync(store);
        await Commit(
            store, Start, new StateChange.AdvanceOperation(Id(1), OperationStatus.Succeeded), new StateChange.AddOperation(Deploy("web-02", 2)));

        var result = await Commit(
            store,
            Start.AddSeconds(3),
            new StateChange.ReportProgress(Id(1), progress) { Events = Event("a.b") },
            new StateChange.ReportProgress(Id(2), progress) { Events = Event("a.b") },
            new StateChange.ReportProgress(Id(3), progress) { Events = Event("a.b") });

        Assert.Equal([false, false, false], result.Applied);
        Assert.All(await store.ListOperationsAsync(new OperationQuery()), operation => Assert.Null(operation.Progress));
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    static Task BeginAsync(IStateStore store) => Commit(
        store, Start, new StateChange.AddOperation(Deploy("web-01", 1)), new StateChange.AdvanceOperation(Id(1), OperationStatus.Running));
}
