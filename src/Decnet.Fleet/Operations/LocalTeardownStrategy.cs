namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>Removes deckies of this host: their containers, services before bases, then their rows. What is gone already is no failure.</summary>
internal sealed class LocalTeardownStrategy(FleetGround ground) : ITeardownStrategy
{
    public bool Handles(Placement placement) => placement.IsLocal;

    public async Task TeardownAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        await batch.Journal.BeginAsync([.. batch.Items.Select(item => item.Operation.Id)], cancellationToken).ConfigureAwait(false);
        var rounds = new RetryRounds(ground.Options.Retry, ground.Clock, ground.Random);
        var left = await rounds.RunAsync(
            [.. batch.Items], waiting => AttemptAsync(waiting, batch.Journal, cancellationToken), cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(left.Select(failure => FailAsync(failure.Item, batch.Journal, failure.Error, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Tries once.</summary>
    /// <returns>The deckies that are worth another attempt, and why they need it.</returns>
    async Task<IReadOnlyCollection<(OperationItem Item, string Error)>> AttemptAsync(
        IReadOnlyList<OperationItem> items, OperationJournal journal, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        if (sight.Observed is ObservedState.Unreachable unreachable)
        {
            return [.. items.Select(item => (item, unreachable.Reason))];
        }

        var postponed = new ConcurrentBag<(OperationItem, string)>();
        await Lanes.RunAsync(items, ground.Options.Parallelism, TryAsync, cancellationToken).ConfigureAwait(false);
        return postponed;

        async Task TryAsync(OperationItem item)
        {
            try
            {
                await RemoveAsync(item, sight.ContainersOf(item.Name), journal, cancellationToken).ConfigureAwait(false);
                await EndAsync(item, journal, postponed, cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException failure) when (failure.IsTransient)
            {
                postponed.Add((item, failure.Message));
            }
            catch (RuntimeException failure)
            {
                await FailAsync(item, journal, failure.Message, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async Task RemoveAsync(OperationItem item, IReadOnlyList<ObservedContainer> containers, OperationJournal journal, CancellationToken cancellationToken)
    {
        await journal.ReportAsync([item.Operation.Id], new OperationProgress(OperationPhase.Containers, 0, containers.Count), cancellationToken).ConfigureAwait(false);
        foreach (var container in containers.OrderByDescending(container => container.Role))
        {
            try
            {
                await ground.Runtime.RemoveContainerAsync(container.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException gone) when (gone.Error == RuntimeError.NotFound)
            {
                // It went by itself, or an earlier attempt got it.
            }
        }
    }

    async Task EndAsync(OperationItem item, OperationJournal journal, ConcurrentBag<(OperationItem, string)> postponed, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        if (sight.Observed is ObservedState.Unreachable unreachable)
        {
            postponed.Add((item, unreachable.Reason));
        }
        else if (sight.ContainersOf(item.Name) is { Count: > 0 } left)
        {
            postponed.Add((item, PlanDraft.ReasonOf(left)));
        }
        else
        {
            await journal.SucceedAsync(item.Operation.Id, sight.RowOf(item.Name) is { } row ? [DeckyRemoval.Of(row)] : []).ConfigureAwait(false);
        }
    }

    async Task FailAsync(OperationItem item, OperationJournal journal, string error, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var reason = sight.ContainersOf(item.Name) is { Count: > 0 } left ? PlanDraft.ReasonOf(left) : "it could not be removed";
        var change = sight.RowOf(item.Name) is { } row ? RowState.Change(row, DeckyState.TeardownFailed, reason) : null;
        await journal.FailAsync(item.Operation.Id, error, change is null ? [] : [change]).ConfigureAwait(false);
    }
}
