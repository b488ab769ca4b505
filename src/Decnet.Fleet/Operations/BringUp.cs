namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>
/// Makes deckies of this host what they should be, and sees that they run. It compares what is there with what should be, so
/// an attempt that was interrupted is simply made again. What fails in passing is tried again for a while; a decky that fails
/// for good does not hold up the others.
/// </summary>
/// <param name="ground">What it stands on.</param>
/// <param name="fleet">The fleet whose network and catalog hold.</param>
/// <param name="journal">Told how far it gets.</param>
/// <param name="retry">How what fails in passing is tried again.</param>
/// <param name="ended">Called once per decky: with null for one that runs, else with what went wrong; and with how it is, where that is known.</param>
internal sealed class BringUp(
    FleetGround ground, Fleet fleet, OperationJournal journal, RetryOptions retry, Func<OperationItem, string?, DeckyMirror?, Task> ended)
{
    readonly SecondChances chances = new(retry);

    /// <summary>Works on all deckies until each has ended.</summary>
    /// <param name="items">The deckies.</param>
    /// <param name="seen">What was seen since the work lock was taken; null to look first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; deckies that have not ended are left as an attempt goes on from.</exception>
    internal async Task RunAsync(IReadOnlyList<OperationItem> items, Sight? seen, CancellationToken cancellationToken)
    {
        var rounds = new RetryRounds(retry, ground.Clock, ground.Random);
        var left = await rounds.RunAsync(items, NextAsync, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(left.Select(failure => FailAsync(failure.Item, failure.Error, cancellationToken))).ConfigureAwait(false);

        Task<IReadOnlyCollection<(OperationItem Item, string Error)>> NextAsync(IReadOnlyList<OperationItem> waiting)
        {
            var sight = seen;
            seen = null;
            return AttemptAsync(waiting, sight, cancellationToken);
        }
    }

    /// <summary>Tries once.</summary>
    /// <returns>The deckies that are worth another attempt, and why they need it.</returns>
    async Task<IReadOnlyCollection<(OperationItem Item, string Error)>> AttemptAsync(
        IReadOnlyList<OperationItem> items, Sight? seen, CancellationToken cancellationToken)
    {
        var sight = seen ?? await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        if (sight.Observed is ObservedState.Unreachable unreachable)
        {
            chances.Renew();
            return [.. items.Select(item => (item, unreachable.Reason))];
        }

        var snapshot = ground.Snapshot(fleet, [.. items.Select(item => item.Decky!)], sight);
        var plan = ReconcilePlanner.Plan(snapshot, FleetGround.Repairing);
        var names = items.ToDictionary(item => item.Name.Value, StringComparer.Ordinal);
        var images = new ImageGate(ground.Runtime, cancellationToken);
        await PullAsync(snapshot, plan, names, images, cancellationToken).ConfigureAwait(false);

        var postponed = new ConcurrentBag<(OperationItem, string)>();
        var verifying = new ConcurrentBag<Task>();
        var total = plan.Steps.Count(step => !step.IsRecord);
        await ReportAsync(items, new OperationProgress(OperationPhase.Containers, 0, total), cancellationToken).ConfigureAwait(false);
        var runner = new RepairRunner(ground.Runtime, ground.Options.Parallelism, ground.Options.Applier, images, snapshot, cancellationToken);
        var touched = plan.Steps.Where(step => !step.IsRecord).Select(step => step.DeckyName).ToHashSet(StringComparer.Ordinal);
        foreach (var item in items.Where(item => !touched.Contains(item.Name.Value)))
        {
            verifying.Add(VerifyAsync(item, TimeSpan.Zero, postponed, cancellationToken));
        }

        try
        {
            await runner.RunAsync(plan, EndedAsync).ConfigureAwait(false);
        }
        catch
        {
            await Task.WhenAll(verifying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await Task.WhenAll(verifying).ConfigureAwait(false);
        return postponed;

        async Task EndedAsync(string name, Exception? failure)
        {
            var item = names[name];
            if (failure is null)
            {
                verifying.Add(VerifyAsync(item, ground.Options.Settle, postponed, cancellationToken));
            }
            else if (failure is RuntimeException { IsTransient: true } || (failure is DoubtfulRefusalException && chances.Take(item.Name)))
            {
                postponed.Add((item, failure.Message));
            }
            else
            {
                await FailAsync(item, failure.Message, postponed, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gets the images of all containers that will be made, several at a time. One that cannot be had fails its deckies later.</summary>
    async Task PullAsync(
        FleetSnapshot snapshot, ReconcilePlan plan, Dictionary<string, OperationItem> names, ImageGate images, CancellationToken cancellationToken)
    {
        var needed = Containers(snapshot, plan).DistinctBy(container => container.Image).ToArray();
        var done = 0;
        if (needed.Length == 0)
        {
            return;
        }

        await ReportAsync(names.Values, new OperationProgress(OperationPhase.Images, 0, needed.Length), cancellationToken).ConfigureAwait(false);
        await Lanes.RunAsync(
            needed,
            ground.Options.Parallelism,
            async container =>
            {
                try
                {
                    await images.EnsureAsync(container, cancellationToken).ConfigureAwait(false);
                }
                catch (RuntimeException)
                {
                    return;
                }

                var progress = new OperationProgress(OperationPhase.Images, Interlocked.Increment(ref done), needed.Length);
                if (progress.Done < progress.Total)
                {
                    await ReportAsync(names.Values, progress, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    static IEnumerable<ContainerSpec> Containers(FleetSnapshot snapshot, ReconcilePlan plan)
    {
        foreach (var step in plan.Steps.Where(step => step.Action is PlanAction.ReplaceDecky or PlanAction.ReplaceContainer))
        {
            var blueprint = snapshot.Index.Subjects[snapshot.Index.Find(step.DeckyName)].Blueprint!;
            if (step.Action == PlanAction.ReplaceDecky)
            {
                yield return blueprint.Base;
            }

            foreach (var service in blueprint.Services.Where(service => step.Action == PlanAction.ReplaceDecky || service.ServiceName == step.ServiceName))
            {
                yield return service;
            }
        }
    }

    /// <summary>Looks whether a decky runs, after its containers have had time to die.</summary>
    async Task VerifyAsync(
        OperationItem item, TimeSpan settle, ConcurrentBag<(OperationItem, string)> postponed, CancellationToken cancellationToken)
    {
        await Task.Delay(settle, ground.Clock, cancellationToken).ConfigureAwait(false);
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var mirror = DeckyMirror.Of(ground, fleet, item.Decky!, sight);
        if (sight.Observed is ObservedState.Unreachable unreachable)
        {
            chances.Renew();
            postponed.Add((item, unreachable.Reason));
        }
        else if (mirror.IsRunning)
        {
            await ended(item, null, mirror).ConfigureAwait(false);
        }
        else if ((retry.Window > TimeSpan.Zero && mirror.Containers.Any(BaseLoss.IsKilled)) || chances.Take(item.Name))
        {
            // An engine that shuts down goes on killing bases.
            postponed.Add((item, Describe(item, mirror)));
        }
        else
        {
            await FailAsync(item, Describe(item, mirror), mirror, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Fails a decky that was refused, unless the engine has gone since: one that goes refuses what it will do when it is back.</summary>
    async Task FailAsync(OperationItem item, string error, ConcurrentBag<(OperationItem, string)> postponed, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        if (sight.Observed is ObservedState.Unreachable)
        {
            postponed.Add((item, error));
        }
        else
        {
            await FailAsync(item, error, DeckyMirror.Of(ground, fleet, item.Decky!, sight), cancellationToken).ConfigureAwait(false);
        }
    }

    async Task FailAsync(OperationItem item, string error, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        await FailAsync(item, error, DeckyMirror.Of(ground, fleet, item.Decky!, sight), cancellationToken).ConfigureAwait(false);
    }

    async Task FailAsync(OperationItem item, string error, DeckyMirror mirror, CancellationToken cancellationToken)
    {
        var report = await DeathReport.WriteAsync(ground.Runtime, mirror.Containers, ground.Options.LogLines, cancellationToken).ConfigureAwait(false);
        await ended(item, error + report, mirror).ConfigureAwait(false);
    }

    static string Describe(OperationItem item, DeckyMirror mirror) =>
        $"{item.Name} is {Token<DeckyState>.Of(mirror.State)} after its containers were made: {mirror.Reason ?? "its containers are not those of its configuration"}.";

    Task ReportAsync(IEnumerable<OperationItem> items, OperationProgress progress, CancellationToken cancellationToken) =>
        journal.ReportAsync([.. items.Select(item => item.Operation.Id)], progress, cancellationToken);
}
