namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One work on a fleet from its record to its end: routes operations to whoever handles them, and leaves none open.</summary>
internal sealed class FleetWorkRun(FleetGround ground, OperationJournal journal, IReadOnlyList<OperationItem> items, CancellationToken cancellationToken)
{
    /// <summary>The error of operations that were cancelled begins with it.</summary>
    internal const string Cancelled = "cancelled before its end; what is done stays done, and the same work asked for again goes on from there.";

    internal CancellationToken CancellationToken => cancellationToken;

    IReadOnlyList<OperationItem> ItemsOf(OperationKind kind) => [.. items.Where(item => item.Operation.Kind == kind)];

    /// <summary>Does the work, ends what it left open, and frees the lock.</summary>
    /// <param name="held">The lock.</param>
    /// <param name="work">The work. It returns what could not be done for the fleet as a whole, or null.</param>
    /// <param name="generation">The generation that was written or found.</param>
    /// <param name="unchanged">The deckies that need nothing.</param>
    internal async Task<FleetWorkResult> RunAsync(
        IAsyncDisposable held, Func<FleetWorkRun, Task<string?>> work, Func<long> generation, ValueList<DeckyName> unchanged)
    {
        string? problem = null;
        var cancelled = false;
        await using (held.ConfigureAwait(false))
        {
            try
            {
                problem = await work(this).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                cancelled = true;
                await EndOpenAsync(items, Cancelled).ConfigureAwait(false);
            }
            catch (DecnetException failure)
            {
                problem = failure.Message;
                await EndOpenAsync(items, failure.Message).ConfigureAwait(false);
            }
        }

        return new FleetWorkResult
        {
            Operations = [.. items.Select(item => journal.Find(item.Operation.Id))],
            Unchanged = unchanged,
            Generation = generation(),
            Problem = problem,
            Cancelled = cancelled,
        };
    }

    internal Task DeployAsync(Fleet fleet, Sight? seen) => RouteAsync(
        ItemsOf(OperationKind.Deploy),
        fleet,
        [.. ground.Options.Strategies.Deploy, new LocalDeployStrategy(ground, seen)],
        (strategy, placement) => strategy.Handles(placement),
        (strategy, batch) => strategy.DeployAsync(batch, cancellationToken));

    internal Task TeardownAsync(Fleet fleet) => RouteAsync(
        ItemsOf(OperationKind.Teardown),
        fleet,
        [.. ground.Options.Strategies.Teardown, new LocalTeardownStrategy(ground)],
        (strategy, placement) => strategy.Handles(placement),
        (strategy, batch) => strategy.TeardownAsync(batch, cancellationToken));

    internal Task MutateAsync(Fleet fleet, IReadOnlyList<OperationItem> wave, MutationTrigger trigger) => RouteAsync(
        wave,
        fleet,
        [.. ground.Options.Strategies.Mutate, new LocalMutateStrategy(ground, trigger)],
        (strategy, placement) => strategy.Handles(placement),
        (strategy, batch) => strategy.MutateAsync(batch, cancellationToken));

    /// <summary>Gives each strategy its operations. One that throws fails those that it left open, and the others go on.</summary>
    async Task RouteAsync<T>(
        IReadOnlyList<OperationItem> routed, Fleet fleet, IReadOnlyList<T> strategies, Func<T, Placement, bool> handles, Func<T, OperationBatch, Task> run)
        where T : class
    {
        var groups = routed.GroupBy(item => strategies.FirstOrDefault(strategy => handles(strategy, new Placement(fleet.Mode, item.Operation.HostId, ground.HostId))));
        foreach (var group in groups.ToArray())
        {
            OperationItem[] own = [.. group];
            if (group.Key is null)
            {
                await EndOpenAsync(own, $"Nothing here can work on deckies of the host '{own[0].Operation.HostId}'.").ConfigureAwait(false);
                continue;
            }

            try
            {
                await run(group.Key, new OperationBatch { Fleet = fleet, Items = own, Journal = journal }).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && failure is not StateStoreException)
            {
                await EndOpenAsync(own, failure.Message).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Ends operations that are still open as failed, with rows that say how their deckies are; but not those that another host has
    /// accepted, which ends them itself.
    /// </summary>
    internal async Task EndOpenAsync(IReadOnlyList<OperationItem> candidates, string error)
    {
        OperationItem[] open = [.. candidates.Where(item => IsOurs(journal.Find(item.Operation.Id)))];
        if (open.Length == 0)
        {
            return;
        }

        var sight = await ground.Lookout.LookAsync(CancellationToken.None).ConfigureAwait(false);
        var desired = await ground.File.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var item in open)
        {
            await journal.FailAsync(item.Operation.Id, error, Changes(item, desired, sight)).ConfigureAwait(false);
        }
    }

    bool IsOurs(Operation operation) =>
        operation.IsOpen && (operation.HostId == ground.HostId || operation.Status == OperationStatus.Pending);

    IReadOnlyList<StateChange> Changes(OperationItem item, DesiredState desired, Sight sight)
    {
        var row = sight.RowOf(item.Operation.HostId, item.Name);
        if (item.Operation.Kind == OperationKind.Teardown)
        {
            var change = row is null ? null : RowState.Change(row, DeckyState.TeardownFailed, "its teardown did not come to its end");
            return change is null ? [] : [change];
        }

        var wanted = (desired as DesiredState.Known)?.Fleet;
        var isRemote = item.Operation.HostId != ground.HostId;
        if (wanted?.Find(item.Name) is { } decky)
        {
            return isRemote ? Unaccepted(row) : DeckyMirror.Of(ground, wanted, decky, sight).Changes;
        }

        // It did not get into the fleet file: nothing is to be kept of it but the operation.
        return row is { State: DeckyState.Pending } && (isRemote || sight.ContainersOf(item.Name).Count == 0) ? [DeckyRemoval.Of(row)] : [];
    }

    /// <summary>A decky that its host has not heard of; what the host reports of one that it knew is left to its reports.</summary>
    static IReadOnlyList<StateChange> Unaccepted(DeckyRow? row) =>
        row is { State: DeckyState.Pending } && RowState.Change(row, DeckyState.Failed, "its host has not accepted it") is { } change ? [change] : [];
}
