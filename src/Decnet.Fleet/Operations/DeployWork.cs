namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One deployment, from the comparison to the last operation.</summary>
internal sealed class DeployWork(FleetGround ground)
{
    /// <summary>Compares what is asked for with what there is.</summary>
    internal async Task<(DeployPlan Plan, DesiredState Current, Sight Sight)> PlanAsync(
        Fleet wanted, DeployOptions options, CancellationToken cancellationToken)
    {
        wanted = Without(wanted, options.Leave);
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var current = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var taken = wanted.Driver == NetworkDriver.Bridge ? [] : await ground.Options.OwnAddresses(wanted.Subnet, cancellationToken).ConfigureAwait(false);
        var joined = FleetMerge.Join(current, [.. sight.Recorded.Rows, .. sight.Remote], wanted, options, ground.Blueprints, ground.HostId, taken, ground.Clock.GetUtcNow());
        var asked = wanted.Deckies.Select(decky => (decky.EffectiveHost(ground.HostId), decky.Name)).ToHashSet();
        return (DeployPlanner.Plan(ground, current, sight, joined, asked, options), current, sight);
    }

    internal async Task<FleetWork> BeginAsync(
        Fleet wanted, DeployOptions options, IAsyncDisposable held, IProgress<DeployProgress>? progress, CancellationToken cancellationToken)
    {
        await ground.EndLeftBehindAsync(cancellationToken).ConfigureAwait(false);
        var (plan, current, sight) = await PlanAsync(wanted, options, cancellationToken).ConfigureAwait(false);
        var history = await ground.HistoryAsync(cancellationToken).ConfigureAwait(false);
        var draft = new FleetWorkDraft(ground, sight, history, options.OperationIds);
        var before = (current as DesiredState.Known)?.Fleet;
        var asked = Without(wanted, options.Leave).Deckies.Select(Key).ToHashSet();
        var settled = plan.Deckies.Where(item => item.Action == DeployAction.Keep && !options.OperationIds.ContainsKey(item.Name)).Select(item => item.Name).ToHashSet();
        var stay = plan.Fleet.Deckies.Select(Key).ToHashSet();
        foreach (var gone in before?.Deckies.Where(decky => !stay.Contains(Key(decky))) ?? [])
        {
            draft.AddTeardown(gone.EffectiveHost(ground.HostId), gone.Name, gone);
        }

        foreach (var row in DeployPlanner.LeftOver(ground, current, sight, plan.Fleet, options))
        {
            draft.AddTeardown(row.HostId, row.Name, null);
        }

        var earlier = before?.Deckies.ToDictionary(Key) ?? [];
        draft.AddDeploys(
            plan.Fleet,
            plan.Fleet.Deckies
                .Where(decky => asked.Contains(Key(decky)) && !settled.Contains(decky.Name))
                .Select(decky => (decky, earlier.GetValueOrDefault(Key(decky)))));
        var journal = await draft.CommitAsync(progress, cancellationToken).ConfigureAwait(false);
        var run = new FleetWorkRun(ground, journal, draft.Items, cancellationToken);
        var generation = await SaveAsync(plan, current, run, draft).ConfigureAwait(false);
        ValueList<DeckyName> unchanged = [.. settled.Order()];
        return new FleetWork
        {
            Operations = [.. draft.Items.Select(item => item.Operation)],
            Completion = ground.Options.Start(() => run.RunAsync(held, RunAsync, () => generation, unchanged)),
        };

        (HostId, DeckyName) Key(Decky decky) => (decky.EffectiveHost(ground.HostId), decky.Name);

        async Task<string?> RunAsync(FleetWorkRun work)
        {
            // First those that go, since others may get their addresses.
            await work.TeardownAsync(plan.Fleet).ConfigureAwait(false);
            var goes = draft.Items.Any(item => item.Operation.Kind == OperationKind.Teardown);
            await work.DeployAsync(plan.Fleet, goes ? null : sight).ConfigureAwait(false);
            return null;
        }
    }

    static Fleet Without(Fleet wanted, ValueList<DeckyName> left) =>
        left.Count == 0 ? wanted : wanted with { Deckies = [.. wanted.Deckies.Where(decky => !left.Contains(decky.Name))] };

    /// <summary>
    /// Writes the generation, after the operations: a reconciler that reads it finds its new deckies in work, and leaves them
    /// alone.
    /// </summary>
    async Task<long> SaveAsync(DeployPlan plan, DesiredState current, FleetWorkRun run, FleetWorkDraft draft)
    {
        if (current is DesiredState.Known known && known.Fleet == plan.Fleet)
        {
            return known.Generation;
        }

        try
        {
            var saved = await ground.File.SaveAsync(plan.Fleet, (current as DesiredState.Known)?.Generation, run.CancellationToken).ConfigureAwait(false);
            return saved.Generation;
        }
        catch (Exception failure)
        {
            await run.EndOpenAsync(draft.Items, $"The fleet file was not written: {failure.Message}").ConfigureAwait(false);
            throw;
        }
    }
}
