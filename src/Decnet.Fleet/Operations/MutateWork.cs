namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One change of services, from the choice to the last operation: in waves, so that never more deckies change at once than the exposure budget allows.</summary>
internal sealed class MutateWork(FleetGround ground, MutateOptions options)
{
    internal async Task<FleetWork> BeginAsync(
        IReadOnlyCollection<DeckyName> names, IAsyncDisposable held, IProgress<DeployProgress>? progress, CancellationToken cancellationToken)
    {
        await ground.EndLeftBehindAsync(cancellationToken).ConfigureAwait(false);
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var current = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var known = current as DesiredState.Known ?? throw NoFleet(current);
        var draft = new FleetWorkDraft(ground, sight, await ground.HistoryAsync(cancellationToken).ConfigureAwait(false));
        var unchanged = Choose(known.Fleet, names, draft);
        var journal = await draft.CommitAsync(progress, cancellationToken).ConfigureAwait(false);
        var run = new FleetWorkRun(ground, journal, draft.Items, cancellationToken);
        var generation = known.Generation;
        return new FleetWork
        {
            Operations = [.. draft.Items.Select(item => item.Operation)],
            Completion = Task.Run(() => run.RunAsync(held, RunAsync, () => generation, unchanged), CancellationToken.None),
        };

        async Task<string?> RunAsync(FleetWorkRun work)
        {
            foreach (var wave in draft.Items.Chunk(ground.Options.Exposure.For(known.Fleet.Deckies.Count)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await SaveAsync(wave).ConfigureAwait(false) is { } saved)
                {
                    generation = saved.Generation;
                    await work.MutateAsync(saved.Fleet, Written(wave, saved.Fleet), options.Trigger).ConfigureAwait(false);
                }

                await work.EndOpenAsync(wave, "The decky was changed by somebody else meanwhile.").ConfigureAwait(false);
            }

            return null;
        }
    }

    /// <summary>Finds the deckies and their new services.</summary>
    /// <returns>Those whose pool has no others.</returns>
    ValueList<DeckyName> Choose(Fleet fleet, IReadOnlyCollection<DeckyName> names, FleetWorkDraft draft)
    {
        var catalog = FleetCatalog.For(fleet);
        var rotation = new ServiceRotation(catalog, ground.Random);
        var now = ground.Clock.GetUtcNow();
        var issues = new List<FleetIssue>();
        var unchanged = new List<DeckyName>();
        foreach (var name in names.Distinct())
        {
            if (fleet.Find(name) is not { } decky)
            {
                issues.Add(UnknownDecky.Issue(name, fleet.Deckies.Select(known => known.Name)));
                continue;
            }

            if (options.Services is { } asked)
            {
                issues.AddRange(ServiceCheck.Of(catalog, name, asked, decky.ServiceConfig));
            }

            var services = options.Services ?? rotation.Choose(decky);
            if (services is null || services.Equals(decky.Services))
            {
                unchanged.Add(name);
            }
            else
            {
                draft.AddMutate(decky with { Services = services, LastMutated = now }, decky);
            }
        }

        return issues.Count == 0 ? [.. unchanged] : throw new FleetValidationException("The change of services", issues);
    }

    async Task<DesiredState.Known?> SaveAsync(IReadOnlyList<OperationItem> wave)
    {
        var changed = wave.ToDictionary(item => item.Previous!, item => item.Decky!);
        var state = await ground.File.UpdateAsync(
            state => state is DesiredState.Known { Fleet: var fleet } && fleet.Deckies.Any(changed.ContainsKey)
                ? fleet with { Deckies = [.. fleet.Deckies.Select(decky => changed.GetValueOrDefault(decky, decky))] }
                : null).ConfigureAwait(false);
        return state as DesiredState.Known;
    }

    /// <summary>The deckies that the file has with their new services: those that nobody else had changed.</summary>
    static OperationItem[] Written(IReadOnlyList<OperationItem> wave, Fleet fleet)
    {
        var deckies = fleet.Deckies.ToHashSet();
        return [.. wave.Where(item => deckies.Contains(item.Decky!))];
    }

    static DecnetException NoFleet(DesiredState state) => new(
        "No services were changed, since there is no fleet: " + state switch
        {
            DesiredState.Missing missing => missing.Reason,
            DesiredState.Corrupt corrupt => corrupt.Reason,
            _ => "the fleet file cannot be read.",
        });
}
