namespace Decnet.Fleet.Swarm.Masters;

using System.Globalization;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Watches over hosts that do not report: marks them as silent and then as lost, with the rows of their deckies, and ends operations of
/// hosts whose deadline is over. What it marks, the next report of the host puts right.
/// </summary>
/// <remarks>While the master itself was away nobody could report, so a silence counts from its own start at the earliest.</remarks>
public sealed class HostWatch : IWorkerCompanion
{
    readonly IStateStore store;
    readonly IEventLog events;
    readonly IFleetFile file;
    readonly HostWatchOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly DateTimeOffset startedAt;
    long agedAt = -1;

    /// <summary>Puts it together.</summary>
    /// <param name="store">The hosts, rows and operations.</param>
    /// <param name="events">The event log of the same store.</param>
    /// <param name="file">The fleet file, which gets the services back of deckies whose change of services is ended.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HostWatch(
        IStateStore store, IEventLog events, IFleetFile file, HostWatchOptions? options = null, TimeProvider? clock = null, ILogger<HostWatch>? logger = null)
    {
        this.options = options ?? new HostWatchOptions();
        this.options.Validate();
        this.store = store;
        this.events = events;
        this.file = file;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<HostWatch>.Instance;
        startedAt = this.clock.GetUtcNow();
    }

    /// <inheritdoc/>
    public string Name => "host watch";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DecnetException error)
            {
                // A store that is locked for a moment is no reason to wait longer than that.
                MastersLog.WatchFailed(logger, error);
            }

            await Task.Delay(options.Interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many hosts, rows and operations it has changed.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<int> LookAsync(CancellationToken cancellationToken = default)
    {
        var sequence = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var hosts = await store.ListHostsAsync(cancellationToken).ConfigureAwait(false);
        var changed = 0;
        var away = new List<FleetHost>();
        foreach (var host in hosts)
        {
            var aged = await AgeAsync(host, cancellationToken).ConfigureAwait(false);
            changed += aged == host ? 0 : 1;
            if (aged.Status is FleetHostStatus.Silent or FleetHostStatus.Lost)
            {
                away.Add(aged);
            }
        }

        if (changed > 0 || sequence != agedAt)
        {
            foreach (var host in away)
            {
                changed += await AgeRowsAsync(host, cancellationToken).ConfigureAwait(false);
            }

            agedAt = sequence;
        }

        return changed + await SweepAsync(hosts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks a host that has not been heard of.</summary>
    /// <returns>The host as it is then.</returns>
    async Task<FleetHost> AgeAsync(FleetHost host, CancellationToken cancellationToken)
    {
        var status = StatusOf(host);
        if (status == host.Status)
        {
            return host;
        }

        var aged = host with { Status = status };
        var reason = HostAbsence.Describe(aged);
        var change = new StateChange.AgeHost(host, status) { Events = [HostEvent.Draft(aged, Token<FleetHostStatus>.Of(status), host.Status, reason)] };
        var commit = await store.CommitAsync([change], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (!commit.Applied[0])
        {
            return host with { Status = FleetHostStatus.Active };
        }

        MastersLog.HostChanged(logger, host.Name, status, reason);
        return aged;
    }

    FleetHostStatus StatusOf(FleetHost host)
    {
        if (host.Status is not (FleetHostStatus.Active or FleetHostStatus.Silent) || host.LastHeartbeat is not { } heard)
        {
            return host.Status;
        }

        var silence = clock.GetUtcNow() - (heard > startedAt ? heard : startedAt);
        return silence > options.LostAfter ? FleetHostStatus.Lost : silence > options.SilentAfter ? FleetHostStatus.Silent : host.Status;
    }

    async Task<int> AgeRowsAsync(FleetHost host, CancellationToken cancellationToken)
    {
        var recorded = await store.ReadAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        var busy = recorded.OpenOperations.Select(operation => operation.DeckyName).ToHashSet();
        StateChange[] changes = [.. recorded.Rows.Where(row => !busy.Contains(row.Name)).Select(row => HostAbsence.Age(host, row)).OfType<StateChange>()];
        if (changes.Length == 0)
        {
            return 0;
        }

        // Told in any case: a ledger that has seen the host report meanwhile must look at its rows again.
        var told = new StateChange.Announce { Events = [HostEvent.Draft(host, "aged", null, HostAbsence.Describe(host))] };
        var commit = await store.CommitAsync([told, .. changes], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return commit.Applied.Count(applied => applied) - 1;
    }

    /// <summary>Ends the operations of other hosts whose deadline is over.</summary>
    async Task<int> SweepAsync(IReadOnlyList<FleetHost> hosts, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = await OpenOperations.ListAsync(store, cancellationToken).ConfigureAwait(false);
        Operation[] overdue = [.. open.Where(operation => operation.HostId != options.HostId && operation.Deadline <= now)];
        if (overdue.Length == 0)
        {
            return 0;
        }

        var known = hosts.ToDictionary(host => host.HostId, host => host with { Status = StatusOf(host) });
        foreach (var group in overdue.Where(operation => operation.Kind == OperationKind.Mutate).GroupBy(operation => operation.HostId))
        {
            await GiveServicesBackAsync(group.Key, [.. group.Select(operation => operation.DeckyName)], cancellationToken).ConfigureAwait(false);
        }

        return await OpenOperations.EndAsync(store, overdue, operation => Overdue(operation, known.GetValueOrDefault(operation.HostId)), now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A row has the services that its host has reported; those are what the decky has, whatever became of the change.</summary>
    async Task GiveServicesBackAsync(HostId host, HashSet<DeckyName> names, CancellationToken cancellationToken)
    {
        var fleet = (await file.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet;
        var rows = (await store.ReadAsync(host, cancellationToken).ConfigureAwait(false)).Rows.ToDictionary(row => row.Name);
        var services = fleet?.Deckies
            .Where(decky => decky.HostId == host && names.Contains(decky.Name) && rows.ContainsKey(decky.Name))
            .ToDictionary(decky => decky, decky => rows[decky.Name].Services) ?? [];
        try
        {
            await ServiceReturn.GiveBackAsync(file, services, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetFileException error)
        {
            MastersLog.ServicesNotReturned(logger, host, error.Message);
        }
    }

    static string Overdue(Operation operation, FleetHost? host)
    {
        var how = host is null
            ? $"There is no host '{operation.HostId}' any more."
            : host.Status == FleetHostStatus.Active
                ? $"{Sentence(host)}, so it may still be working on it: look at the decky before you ask for it again."
                : $"{Sentence(host)}. Look after the host, and ask for it again when it reports.";
        return string.Create(CultureInfo.InvariantCulture, $"It was not finished by its deadline, {operation.Deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. {how}");
    }

    static string Sentence(FleetHost host) => "T" + HostAbsence.Describe(host)[1..];
}
