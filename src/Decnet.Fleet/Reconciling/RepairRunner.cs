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
        var errors = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        if (await PrepareNetworkAsync(snapshot, byDecky, cancellationToken).ConfigureAwait(false) is { } networkError)
        {
            foreach (var group in byDecky)
            {
                errors[group.Key] = networkError;
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(byDecky, options, async (group, token) =>
            {
                try
                {
                    foreach (var step in group)
                    {
                        await RunAsync(snapshot, step, token).ConfigureAwait(false);
                    }
                }
                catch (RuntimeException error)
                {
                    errors[group.Key] = error.Message;
                }
            }).ConfigureAwait(false);
        }

        var steps = plan.Steps.Where(step => !step.IsRecord).Select(step => errors.TryGetValue(step.DeckyName, out var error)
            ? new ExecutedStep(step, StepOutcome.Failed, error)
            : new ExecutedStep(step, StepOutcome.Done));
        return new RepairOutcome([.. steps], errors, byDecky.Select(group => group.Key).ToHashSet(StringComparer.Ordinal));
    }

    async Task<string?> PrepareNetworkAsync(
        FleetSnapshot snapshot, IGrouping<string, PlanStep>[] byDecky, CancellationToken cancellationToken)
    {
        var makesBase = byDecky.SelectMany(group => group).Any(step => step.Action == PlanAction.ReplaceDecky);
        if (!makesBase || snapshot.Desired is not DesiredState.Known { Fleet: var fleet })
        {
            return null;
        }

        try
        {
            await new NetworkProvisioner(runtime).EnsureAsync(DeckyComposer.Network(fleet), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (RuntimeException error)
        {
            return error.Message;
        }
    }

    Task RunAsync(FleetSnapshot snapshot, PlanStep step, CancellationToken cancellationToken)
    {
        if (step.Action == PlanAction.RemoveContainer)
        {
            return runtime.RemoveContainerAsync(step.ContainerId!, cancellationToken);
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
