namespace Decnet.Testing.Contracts;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Xunit;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Operations: compare-and-set, forward only, at most one open for a decky.</summary>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task An_operation_comes_back_whole()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var operation = Deploy("web-01", 1, HostA, OperationKind.Mutate) with { Attempt = 3, Trigger = MutationTrigger.Scheduled };

        await Commit(store, Start.AddSeconds(5), new StateChange.AddOperation(operation));

        Assert.Equal([operation with { UpdatedAt = Start.AddSeconds(5) }], (await store.ReadAsync(HostA)).OpenOperations);
    }

    [Theory]
    [InlineData(OperationStatus.Succeeded, null)]
    [InlineData(OperationStatus.Failed, "web-01-ssh did not start")]
    public async Task An_operation_goes_from_pending_over_running_to_its_end(OperationStatus end, string? error)
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.AddOperation(Deploy("web-01", 1)));

        await Commit(store, Start.AddSeconds(2), new StateChange.AdvanceOperation(Id(1), OperationStatus.Running));
        var running = Assert.Single((await store.ReadAsync(HostId.Local)).OpenOperations);
        await Commit(store, Start.AddSeconds(5), new StateChange.AdvanceOperation(Id(1), end, error));

        Assert.Equal(OperationStatus.Running, running.Status);
        Assert.Equal(Start.AddSeconds(2), running.StartedAt);
        Assert.Equal(Start.AddSeconds(2), running.UpdatedAt);
        Assert.Null(running.CompletedAt);
        Assert.Empty((await store.ReadAsync(HostId.Local)).OpenOperations);
        var ended = Assert.Single(await store.ListOperationsAsync(new OperationQuery()));
        Assert.Equal((end, error), (ended.Status, ended.Error));
        Assert.Equal(Start.AddSeconds(2), ended.StartedAt);
        Assert.Equal(Start.AddSeconds(5), ended.CompletedAt);
        Assert.Equal(Start.AddSeconds(5), ended.UpdatedAt);
        Assert.Equal(TimeSpan.FromSeconds(3), ended.Duration);
    }

    [Theory]
    [InlineData(OperationStatus.Succeeded)]
    [InlineData(OperationStatus.Failed)]
    public async Task A_pending_operation_may_end_without_having_run(OperationStatus end)
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(
            store, Start, new StateChange.AddOperation(Deploy("web-01", 1)), new StateChange.AdvanceOperation(Id(1), end));

        Assert.Equal([true, true], result.Applied);
        var ended = Assert.Single(await store.ListOperationsAsync(new OperationQuery()));
        Assert.Null(ended.StartedAt);
        Assert.Equal(Start, ended.CompletedAt);
    }

    [Fact]
    public async Task A_step_that_does_not_lead_forward_is_skipped()
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(store, Start, new StateChange.AddOperation(Deploy("web-01", 1)));

        var result = await Commit(
            store,
            Start.AddSeconds(1),
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Pending) { Events = Event("a.b") },
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Running),
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Running) { Events = Event("a.b") },
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Pending) { Events = Event("a.b") },
            new StateChange.AdvanceOperation(Id(2), OperationStatus.Running) { Events = Event("a.b") });

        Assert.Equal([false, true, false, false, false], result.Applied);
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    [Theory, Trait("Weakness", "L-3.2"), Trait("Weakness", "L-3.3")]
    [InlineData(OperationStatus.Succeeded)]
    [InlineData(OperationStatus.Failed)]
    public async Task An_ended_operation_never_changes_again(OperationStatus end)
    {
        var (store, log) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store, Start, new StateChange.AddOperation(Deploy("web-01", 1)), new StateChange.AdvanceOperation(Id(1), end, "the end"));
        var before = await store.ListOperationsAsync(new OperationQuery());

        foreach (var status in Enum.GetValues<OperationStatus>())
        {
            var late = await Commit(
                store, Start.AddHours(1), new StateChange.AdvanceOperation(Id(1), status, "too late") { Events = Event("a.b") });
            Assert.Equal([false], late.Applied);
        }

        await Commit(store, Start.AddHours(2), new StateChange.AddOperation(Deploy("web-09", 1)) { Events = Event("a.b") });
        Assert.Equal(before, await store.ListOperationsAsync(new OperationQuery()));
        Assert.Equal(0, await log.GetLastSequenceAsync());
    }

    [Fact, Trait("Weakness", "L-3.5")]
    public async Task A_decky_has_at_most_one_open_operation()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;

        var result = await Commit(
            store,
            Start,
            new StateChange.AddOperation(Deploy("web-01", 1)),
            new StateChange.AddOperation(Deploy("web-01", 2, kind: OperationKind.Teardown)),
            new StateChange.AddOperation(Deploy("web-02", 3)),
            new StateChange.AddOperation(Deploy("web-01", 4, HostB)),
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Running),
            new StateChange.AddOperation(Deploy("web-01", 5)),
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Succeeded),
            new StateChange.AddOperation(Deploy("web-01", 6)));

        Assert.Equal([true, false, true, true, true, false, true, true], result.Applied);
        Assert.Equal([Id(3), Id(6)], (await store.ReadAsync(HostId.Local)).OpenOperations.Select(open => open.Id).Order());
    }

    [Fact]
    public async Task An_error_is_cut_to_its_longest_length()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        var longest = new string('x', Operation.MaxErrorLength);

        await Commit(
            store,
            Start,
            new StateChange.AddOperation(Deploy("web-01", 1)),
            new StateChange.AdvanceOperation(Id(1), OperationStatus.Failed, longest + "y"),
            new StateChange.AddOperation(Deploy("web-02", 2)),
            new StateChange.AdvanceOperation(Id(2), OperationStatus.Failed, longest),
            new StateChange.AddOperation(Deploy("web-03", 3)),
            new StateChange.AdvanceOperation(Id(3), OperationStatus.Failed, longest[1..] + "\U0001F41D and more"));

        var errors = (await store.ListOperationsAsync(new OperationQuery())).ToDictionary(operation => operation.Id, operation => operation.Error);
        Assert.Equal(longest, errors[Id(1)]);
        Assert.Equal(longest, errors[Id(2)]);
        Assert.Equal(longest[1..], errors[Id(3)]);
    }

    [Fact]
    public async Task Operations_are_listed_newest_first_and_by_every_condition()
    {
        var (store, _) = await OpenAsync();
        await using var closing = store;
        await Commit(
            store,
            Start,
            new StateChange.AddOperation(Deploy("web-01", 2, HostA)),
            new StateChange.AddOperation(Deploy("web-01", 3, HostB)),
            new StateChange.AddOperation(Deploy("web-02", 1, HostA)),
            new StateChange.AdvanceOperation(Id(3), OperationStatus.Running));

        async Task Listed(int[] expected, OperationQuery query) => Assert.Equal(
            expected, (await store.ListOperationsAsync(query)).Select(operation => (int)(operation.CreatedAt - Start).TotalSeconds));

        await Listed([3, 2, 1], new OperationQuery());
        await Listed([3, 2], new OperationQuery { Limit = 2 });
        await Listed([2, 1], new OperationQuery { HostId = HostA });
        await Listed([3, 2], new OperationQuery { DeckyName = Name("web-01") });
        await Listed([3], new OperationQuery { Status = OperationStatus.Running });
        await Listed([2], new OperationQuery { HostId = HostA, DeckyName = Name("web-01"), Status = OperationStatus.Pending });
        await Listed([3, 1], new OperationQuery { Ids = [Id(1), Id(3), Id(99), Id(1)] });
        await Listed([1], new OperationQuery { Ids = [Id(1), Id(3)], HostId = HostA });
        await Listed([], new OperationQuery { Ids = [] });
    }
}
