namespace Decnet.Fleet.Reconciling;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Telemetry;

/// <summary>
/// Carries out the steps of a plan that touch containers: the steps of one decky one after the other, several deckies at a
/// time. A decky that fails does not keep the others from being repaired. Each image is asked for once in a pass.
/// </summary>
internal sealed class RepairRunner
{
    readonly IContainerRuntime runtime;
    readonly FleetSnapshot snapshot;
    readonly int parallelism;
    readonly ContainerApplier applier;
    readonly CancellationToken cancellationToken;

    readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);
    Func<string, Exception?, Task>? ended;

    /// <summary>Makes one for one run.</summary>
    internal RepairRunner(
        IContainerRuntime runtime,
        int parallelism,
        ContainerApplierOptions options,
        ImageGate images,
        FleetSnapshot snapshot,
        CancellationToken cancellationToken)
    {
        this.runtime = runtime;
        this.snapshot = snapshot;
        this.cancellationToken = cancellationToken;
        this.parallelism = parallelism;
        applier = new ContainerApplier(runtime, options, images);
    }

    /// <summary>Carries out the steps of a plan that touch containers.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ended">Called once for each decky as soon as its end is certain, with what went wrong or null; null for nobody.</param>
    internal async Task<RepairOutcome> RunAsync(ReconcilePlan plan, Func<string, Exception?, Task>? ended = null)
    {
        this.ended = ended;
        var byDecky = plan.Steps.Where(step => !step.IsRecord).GroupBy(step => step.DeckyName, StringComparer.Ordinal).ToArray();
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        if (await PrepareNetworkAsync(byDecky).ConfigureAwait(false) is { } networkFailure)
        {
            foreach (var group in byDecky.Where(NeedsNetwork))
            {
                failures[group.Key] = networkFailure;
            }
        }

        var runnable = byDecky.Where(group => !failures.ContainsKey(group.Key)).ToArray();
        await RunEachAsync(runnable, failures).ConfigureAwait(false);
        if (runnable.Length > 1)
        {
            await UnblockAsync(runnable, failures).ConfigureAwait(false);
        }

        foreach (var (name, failure) in failures)
        {
            await TellAsync(name, failure).ConfigureAwait(false);
        }

        var steps = plan.Steps.Where(step => !step.IsRecord).Select(step => failures.TryGetValue(step.DeckyName, out var failure)
            ? new ExecutedStep(step, StepOutcome.Failed, failure.Message)
            : new ExecutedStep(step, StepOutcome.Done));
        var errors = failures.ToDictionary(failure => failure.Key, failure => failure.Value.Message, StringComparer.Ordinal);
        return new RepairOutcome([.. steps], errors, byDecky.Select(group => group.Key).ToHashSet(StringComparer.Ordinal));
    }

    Task RunEachAsync(IGrouping<string, PlanStep>[] deckies, ConcurrentDictionary<string, Exception> failures)
    {
        return Lanes.RunAsync(deckies, parallelism, TryAsync, cancellationToken);

        async Task TryAsync(IGrouping<string, PlanStep> group)
        {
            using var activity = FleetTelemetry.StartRepair(group.Key);
            try
            {
                foreach (var step in group)
                {
                    await RunAsync(step, cancellationToken).ConfigureAwait(false);
                }

                failures.TryRemove(group.Key, out _);
                FleetTelemetry.End(activity, "done", failed: false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failures[group.Key] = failure;
                FleetTelemetry.End(activity, "failed", failed: true);
            }

            if (!IsBlocked(group, failures))
            {
                await TellAsync(group.Key, failures.GetValueOrDefault(group.Key)).ConfigureAwait(false);
            }
        }
    }

    Task TellAsync(string name, Exception? failure) =>
        ended is not null && told.TryAdd(name, true) ? ended(name, failure) : Task.CompletedTask;

    /// <summary>
    /// Whether a decky could not be replaced because something is taken: perhaps its new address by a decky that waits for
    /// another one's in turn, as after an exchange of addresses.
    /// </summary>
    static bool IsBlocked(IGrouping<string, PlanStep> group, ConcurrentDictionary<string, Exception> failures) =>
        failures.TryGetValue(group.Key, out var failure) && failure is RuntimeException { Error: RuntimeError.Conflict }
        && group.Any(step => step.Action == PlanAction.ReplaceDecky);

    /// <summary>
    /// Tries blocked deckies again: first as they are, since what another one held may be free by now; then with their
    /// addresses given up, since they may wait for each other. One that fails all the same gets its old containers back.
    /// </summary>
    async Task UnblockAsync(IGrouping<string, PlanStep>[] deckies, ConcurrentDictionary<string, Exception> failures)
    {
        var waiting = deckies.Where(group => IsBlocked(group, failures)).ToArray();
        await RunEachAsync(waiting, failures).ConfigureAwait(false);
        var blocked = waiting.Where(group => IsBlocked(group, failures)).ToArray();
        if (blocked.Length == 1 && waiting.Length > 1)
        {
            // What it waits for may have been given up after it was tried.
            await RunEachAsync(blocked, failures).ConfigureAwait(false);
        }

        if (blocked.Length < 2)
        {
            return;
        }

        await ForEachAsync(blocked, present => applier.ReleaseAddressAsync(present, cancellationToken)).ConfigureAwait(false);
        await RunEachAsync(blocked, failures).ConfigureAwait(false);
        var failed = blocked.Where(group => failures.ContainsKey(group.Key));
        await ForEachAsync(failed, present => applier.ResumeAsync(present, cancellationToken)).ConfigureAwait(false);

        async Task ForEachAsync(IEnumerable<IGrouping<string, PlanStep>> groups, Func<ObservedContainer[], Task> step)
        {
            foreach (var group in groups)
            {
                try
                {
                    await step(snapshot.Index.ContainersOf(snapshot.Index.Find(group.Key)).ToArray()).ConfigureAwait(false);
                }
                catch (RuntimeException)
                {
                    // The failure to replace the decky is the one to report; a later pass sees what is left to do.
                }
            }
        }
    }

    async Task<Exception?> PrepareNetworkAsync(IGrouping<string, PlanStep>[] byDecky)
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

    Task RunAsync(PlanStep step, CancellationToken token)
    {
        if (step.Action == PlanAction.RemoveContainer)
        {
            return runtime.RemoveContainerAsync(step.ContainerId!, token);
        }

        if (step.Action == PlanAction.RenameContainer)
        {
            return runtime.RenameContainerAsync(step.ContainerId!, step.Container!, token);
        }

        var position = snapshot.Index.Find(step.DeckyName);
        var blueprint = snapshot.Index.Subjects[position].Blueprint!;
        var present = snapshot.Index.ContainersOf(position).ToArray();
        var baseContainer = DeckyContainers.FindBase(step.DeckyName, present);
        return step.Action switch
        {
            PlanAction.StartContainer => applier.StartAsync(present.First(container => container.Id == step.ContainerId), token),
            PlanAction.RestartDecky => applier.RestartAsync(
                baseContainer!,
                [.. present.Where(container => container.Role == ContainerRole.Service)],
                Services(position, present),
                token),
            PlanAction.ReplaceDecky => applier.ReplaceDeckyAsync(blueprint, present, token),
            _ => applier.ReplaceServiceAsync(
                blueprint.Services.First(service => service.ServiceName == step.ServiceName),
                baseContainer!.Id,
                [.. present.Where(container => container.Role == ContainerRole.Service && container.ServiceName == step.ServiceName)],
                token),
        };
    }

    IReadOnlyList<ObservedContainer> Services(int position, ObservedContainer[] present) =>
    [
        .. snapshot.Index.Subjects[position].Services
            .Select(slug => DeckyContainers.FindService(snapshot.Index.Subjects[position].Name.Value, slug, present))
            .OfType<ObservedContainer>(),
    ];
}
