namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One change of services, from the choice to the last operation: in waves, so that never more deckies change at once than the exposure budget allows.</summary>
internal sealed class MutateWork(FleetGround ground, MutateOptions options)
{
    const string ChangedMeanwhile = "The decky was changed by somebody else meanwhile, and is left to them.";

    internal async Task<FleetWork> BeginAsync(
        IReadOnlyCollection<DeckyName> names, IAsyncDisposable held, IProgress<DeployProgress>? progress, CancellationToken cancellationToken)
    {
        await ground.EndLeftBehindAsync(cancellationToken).ConfigureAwait(false);
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var current = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var known = current as DesiredState.Known ?? throw NoFleet(current);
        var history = await ground.HistoryAsync(cancellationToken).ConfigureAwait(false);
        var draft = new FleetWorkDraft(ground, sight, history, options.OperationIds);
        var atOnce = ground.Options.Exposure.For(known.Fleet.Deckies.Count);
        var unchanged = new MutateChoice(ground, options, known.Fleet, sight.Recorded.Suspensions).Make(names, draft, atOnce);
        var journal = await draft.CommitAsync(progress, cancellationToken).ConfigureAwait(false);
        var run = new FleetWorkRun(ground, journal, draft.Items, cancellationToken);
        var generation = known.Generation;
        journal.Failing = ids => TakeBackAsync([.. draft.Items.Where(item => ids.Contains(item.Operation.Id) && item.Operation.HostId != ground.HostId)]);
        return new FleetWork
        {
            Operations = [.. draft.Items.Select(item => item.Operation)],
            Completion = ground.Options.Start(() => run.RunAsync(held, RunAsync, () => generation, unchanged)),
        };

        async Task<string?> RunAsync(FleetWorkRun work)
        {
            foreach (var wave in draft.Items.Chunk(atOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Another host begins an operation when it accepts it.
                var own = wave.Where(item => item.Operation.HostId == ground.HostId);
                await journal.BeginAsync([.. own.Select(item => item.Operation.Id)], cancellationToken).ConfigureAwait(false);
                OperationItem[] open = [.. wave.Where(item => journal.Find(item.Operation.Id).IsOpen)];
                var saved = await SaveAsync(open).ConfigureAwait(false);
                generation = saved.Generation;
                var deckies = saved.Fleet.Deckies.ToHashSet();
                var written = open.ToLookup(item => deckies.Contains(item.Decky!));
                await work.EndOpenAsync([.. written[false]], ChangedMeanwhile).ConfigureAwait(false);
                await work.MutateAsync(saved.Fleet, [.. written[true]], options.Trigger).ConfigureAwait(false);
            }

            return null;
        }
    }

    /// <summary>Gives deckies whose hosts did not accept their new services the old ones back. What runs on this host has its own way back.</summary>
    async Task<string?> TakeBackAsync(IReadOnlyList<OperationItem> refused)
    {
        try
        {
            if (refused.Count > 0)
            {
                await SaveAsync([.. refused.Select(item => item with { Decky = item.Previous, Previous = item.Decky })]).ConfigureAwait(false);
            }

            return null;
        }
        catch (DecnetException error)
        {
            return $"The fleet file could not get the old services back: {error.Message}";
        }
    }

    /// <summary>Writes the new services of a wave into the fleet file, but for deckies that somebody else has changed since the choice.</summary>
    async Task<DesiredState.Known> SaveAsync(IReadOnlyList<OperationItem> wave)
    {
        var changed = wave.ToDictionary(item => item.Previous!, item => item.Decky!);
        var state = await ground.File.UpdateAsync(
            state => state is DesiredState.Known { Fleet: var fleet } && fleet.Deckies.Any(changed.ContainsKey)
                ? fleet with { Deckies = [.. fleet.Deckies.Select(decky => changed.GetValueOrDefault(decky, decky))] }
                : null).ConfigureAwait(false);
        return state as DesiredState.Known ?? throw NoFleet(state);
    }

    static DecnetException NoFleet(DesiredState state) => new(
        "No services were changed, since there is no fleet: " + state switch
        {
            DesiredState.Missing missing => missing.Reason,
            DesiredState.Corrupt corrupt => corrupt.Reason,
            _ => "the fleet file cannot be read.",
        });
}
