namespace Decnet.Fleet.Reconciling;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Carries out the steps of a plan that touch containers: the steps of one decky one after the other, several deckies at a
/// time. A decky that fails does not keep the others from being repaired.
/// </summary>
internal sealed class RepairRunner(IContainerRuntime runtime, ContainerApplier applier, int parallelism)
{
    internal async Task<RepairOutcome> RunAsync(FleetSnapshot snapshot, ReconcilePlan plan, CancellationToken cancellationToken)
    {
        var byDecky = plan.Steps.Where(step => !step.IsRecord).GroupBy(step => step.DeckyName, StringComparer.Ordinal).ToArray();
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        if (await PrepareNetworkAsync(snapshot, byDecky, cancellationToken).ConfigureAwait(false) is { } networkFailure)
        {
            foreach (var group in byDecky.Where(NeedsNetwork))
            {
                failures[group.Key] = networkFailure;
            }
        }

        var runnable = byDecky.Where(group => !failures.ContainsKey(group.Key)).ToArray();
        await RunEachAsync(snapshot, runnable, failures, cancellationToken).ConfigureAwait(false);
        var blocked = runnable.Where(group => IsBlocked(group, failures)).ToArray();
        if (blocked.Length > 1)
        {
            await ReleaseAddressesAsync(snapshot, blocked, cancellationToken).ConfigureAwait(false);
            await RunEachAsync(snapshot, blocked, failures, cancellationToken).ConfigureAwait(false);
        }

        var steps = plan.Steps.Where(step => !step.IsRecord).Select(step => failures.TryGetValue(step.DeckyName, out var failure)
            ? new ExecutedStep(step, StepOutcome.Failed, failure.Message)
            : new ExecutedStep(step, StepOutcome.Done));
        var errors = failures.ToDictionary(failure => failure.Key, failure => failure.Value.Message, StringComparer.Ordinal);
        return new RepairOutcome([.. steps], errors, byDecky.Select(group => group.Key).ToHashSet(StringComparer.Ordinal));
    }

    async Task RunEachAsync(
        FleetSnapshot snapshot,
        IGrouping<string, PlanStep>[] deckies,
        ConcurrentDictionary<string, Exception> failures,
        CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(deckies, options, async (group, token) =>
        {
            try
            {
                foreach (var step in group)
                {
                    await RunAsync(snapshot, step, token).ConfigureAwait(false);
                }

                failures.TryRemove(group.Key, out _);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !token.IsCancellationRequested)
            {
                failures[group.Key] = failure;
            }
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a decky could not be replaced because something is taken: perhaps its new address by a decky that waits for
    /// another one's in turn, as after an exchange of addresses.
    /// </summary>
    static bool IsBlocked(IGrouping<string, PlanStep> group, ConcurrentDictionary<string, Exception> failures) =>
        failures.TryGetValue(group.Key, out var failure) && failure is RuntimeException { Error: RuntimeError.Conflict }
        && group.Any(step => step.Action == PlanAction.ReplaceDecky);

    async Task ReleaseAddressesAsync(FleetSnapshot snapshot, IGrouping<string, PlanStep>[] blocked, CancellationToken cancellationToken)
    {
        foreach (var group in blocked)
        {
            try
            {
                var present = snapshot.Index.ContainersOf(snapshot.Index.Find(group.Key)).ToArray();
                await applier.ReleaseAddressAsync(present, cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException)
            {
                // The next attempt to replace it tells what is wrong.
            }
        }
    }

    async Task<Exception?> PrepareNetworkAsync(
        FleetSnapshot snapshot, IGrouping<string, PlanStep>[] byDecky, CancellationToken cancellationToken)
    {
        if (!byDecky.Any(NeedsNetwork) || snapshot.Desired is not DesiredState.Known { Fleet: var fleet })
        {
            return null;
        }

        try
        {
            await new NetworkProvisioner(runtime).EnsureAsync(DeckyComposer.Network(fleet), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return error;
        }
    }

    static bool NeedsNetwork(IEnumerable<PlanStep> steps) => steps.Any(step => step.Action == PlanAction.ReplaceDecky);

    Task RunAsync(FleetSnapshot snapshot, PlanStep step, CancellationToken cancellationToken)
    {
        if (step.Action == PlanAction.RemoveContainer)
        {
            return runtime.RemoveContainerAsync(step.ContainerId!, cancellationToken);
        }

        if (step.Action == PlanAction.RenameContainer)
        {
            return runtime.RenameContainerAsync(step.ContainerId!, step.Container!, cancellationToken);
        }

        var position = snapshot.Index.Find(step.DeckyName);
        var blueprint = snapshot.Index.Subjects[position].Blueprint!;
        var present = snapshot.Index.ContainersOf(position).ToArray();
        var baseContainer = DeckyContainers.FindBase(step.DeckyName, present);
        return step.Action switch
        {
            PlanAction.StartContainer => applier.StartAsync(present.First(container => container.Id == step.ContainerId), cancellationToken),
            PlanAction.RestartDecky => applier.RestartAsync(baseContainer!, Services(snapshot, position, present), cancellationToken),
            PlanAction.ReplaceDecky => applier.ReplaceDeckyAsync(blueprint, present, cancellationToken),
            _ => applier.ReplaceServiceAsync(
                blueprint.Services.First(service => service.ServiceName == step.ServiceName),
                baseContainer!.Id,
                [.. present.Where(container => container.Role == ContainerRole.Service && container.ServiceName == step.ServiceName)],
                cancellationToken),
        };
    }

    static IReadOnlyList<ObservedContainer> Services(FleetSnapshot snapshot, int position, ObservedContainer[] present) =>
    [
        .. snapshot.Index.Subjects[position].Services
            .Select(slug => DeckyContainers.FindService(snapshot.Index.Subjects[position].Name.Value, slug, present))
            .OfType<ObservedContainer>(),
    ];
}
