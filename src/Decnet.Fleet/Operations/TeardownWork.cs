namespace Decnet.Fleet.Operations;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One teardown, from the record to the network.</summary>
internal sealed class TeardownWork(FleetGround ground, TeardownOptions options)
{
    /// <summary>Begins it.</summary>
    /// <param name="names">The deckies; null for all there is any trace of.</param>
    /// <param name="held">The lock.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal async Task<FleetWork> BeginAsync(
        IReadOnlyCollection<DeckyName>? names, IAsyncDisposable held, IProgress<DeployProgress>? progress, CancellationToken cancellationToken)
    {
        await ground.EndLeftBehindAsync(cancellationToken).ConfigureAwait(false);
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var current = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var traces = Traces(current, sight);
        var history = await ground.HistoryAsync(cancellationToken).ConfigureAwait(false);
        var draft = new FleetWorkDraft(ground, sight, history, options.OperationIds);
        foreach (var name in Chosen(names, traces))
        {
            var (host, decky) = traces.GetValueOrDefault(name, (ground.HostId, null));
            draft.AddTeardown(host, name, decky);
        }

        var journal = await draft.CommitAsync(progress, cancellationToken).ConfigureAwait(false);
        var run = new FleetWorkRun(ground, journal, draft.Items, cancellationToken);
        var after = await SaveAsync(names is null, current, run, draft).ConfigureAwait(false);
        var fleet = (after as DesiredState.Known)?.Fleet;
        return new FleetWork
        {
            Operations = [.. draft.Items.Select(item => item.Operation)],
            Completion = ground.Options.Start(() => run.RunAsync(held, RunAsync, () => (after as DesiredState.Known)?.Generation ?? 0, [])),
        };

        async Task<string?> RunAsync(FleetWorkRun work)
        {
            await work.TeardownAsync(fleet ?? Nowhere).ConfigureAwait(false);
            Operation[] own = [.. journal.Operations.Where(operation => operation.HostId == ground.HostId)];
            var isLast = names is null || (fleet is not null && !fleet.Deckies.Any(decky => decky.EffectiveHost(ground.HostId) == ground.HostId));
            var isHere = own.Length > 0 || ground.Options.Strategies.AreLocal;
            return isLast && isHere && own.All(operation => operation.Status == OperationStatus.Succeeded)
                ? await RemoveNetworkAsync(cancellationToken).ConfigureAwait(false)
                : null;
        }
    }

    /// <summary>Stands for a fleet that nothing is known of: its deckies are those of this host.</summary>
    static Fleet Nowhere { get; } = new() { Subnet = new IPNetwork(IPAddress.Any, 0), Gateway = IPAddress.Any, Deckies = [] };

    /// <summary>All deckies that file, rows or containers know, with their configuration if the file has it.</summary>
    SortedDictionary<DeckyName, (HostId Host, Decky? Decky)> Traces(DesiredState current, Sight sight)
    {
        var traces = new SortedDictionary<DeckyName, (HostId, Decky?)>();
        foreach (var decky in (current as DesiredState.Known)?.Fleet.Deckies ?? [])
        {
            traces[decky.Name] = (decky.EffectiveHost(ground.HostId), decky);
        }

        foreach (var row in sight.Recorded.Rows.Concat(sight.Remote))
        {
            traces.TryAdd(row.Name, (row.HostId, null));
        }

        foreach (var container in (sight.Observed as ObservedState.Known)?.Containers ?? [])
        {
            if (DeckyName.TryParse(container.DeckyName, out var name) && (container.HostId is null || container.HostId == ground.HostId.Value))
            {
                traces.TryAdd(name, (ground.HostId, null));
            }
        }

        return traces;
    }

    IReadOnlyCollection<DeckyName> Chosen(IReadOnlyCollection<DeckyName>? names, SortedDictionary<DeckyName, (HostId, Decky?)> traces)
    {
        if (names is null)
        {
            return traces.Keys;
        }

        FleetIssue[] unknown = [.. names.Where(name => !traces.ContainsKey(name) && !options.OperationIds.ContainsKey(name)).Select(name => UnknownDecky.Issue(name, traces.Keys))];
        return unknown.Length == 0 ? [.. names.Distinct()] : throw new FleetValidationException("The teardown", unknown);
    }

    /// <summary>Takes the deckies out of the fleet file: what nobody wants any more stays away, however this work ends.</summary>
    async Task<DesiredState> SaveAsync(bool everything, DesiredState current, FleetWorkRun run, FleetWorkDraft draft)
    {
        try
        {
            if (everything && current is not DesiredState.Known)
            {
                return await FindNetworkAsync(run.CancellationToken).ConfigureAwait(false) is { } found
                    ? await ground.File.SaveAsync(found, null, run.CancellationToken).ConfigureAwait(false)
                    : current;
            }

            var gone = draft.Items.Select(item => item.Name).ToHashSet();
            return await ground.File.UpdateAsync(
                state => state is DesiredState.Known { Fleet: var fleet } && fleet.Deckies.Any(decky => gone.Contains(decky.Name))
                    ? fleet with { Deckies = [.. fleet.Deckies.Where(decky => !gone.Contains(decky.Name))] }
                    : null,
                run.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await run.EndOpenAsync(draft.Items, $"The fleet file was not written: {failure.Message}").ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>An empty fleet on the network that is there; null when there is none, and so nothing that could be said of the fleet.</summary>
    async Task<Fleet?> FindNetworkAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ground.Runtime.FindNetworkAsync(DecnetLabels.NetworkName, cancellationToken).ConfigureAwait(false) is { Spec: var network }
                ? new Fleet { Subnet = network.Subnet, Gateway = network.Gateway, Driver = network.Driver, Interface = network.ParentInterface, Deckies = [] }
                : null;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    async Task<string?> RemoveNetworkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new NetworkProvisioner(ground.Runtime).RemoveAsync(DecnetLabels.NetworkName, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (RuntimeException failure)
        {
            return $"The network was not removed: {failure.Message}";
        }
    }
}
