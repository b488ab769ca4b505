namespace Decnet.Fleet.Swarm.Agents;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Writes the reports of a host. Its outbox is the event log: what has become of operations is told again and again until the master has
/// acknowledged it, across crashes of either side.
/// </summary>
public sealed class HostReporter
{
    const int LongestVersion = 100;

    /// <summary>Of a decky whose configuration cannot be read: it is that of none that a master wants.</summary>
    static readonly string NoDigest = new('0', 64);

    readonly IStateStore store;
    readonly IEventLog events;
    readonly IFleetFile file;
    readonly HostReporterOptions options;
    readonly TimeProvider clock;
    readonly DateTimeOffset startedAt;
    readonly Outbox outbox;

    /// <summary>Puts it together.</summary>
    /// <param name="store">The rows and operations of the host.</param>
    /// <param name="events">The event log of the store.</param>
    /// <param name="file">The fleet file of the host.</param>
    /// <param name="options">What it says of the agent itself.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    public HostReporter(
        IStateStore store, IEventLog events, IFleetFile file, HostReporterOptions options, TimeProvider? clock = null, ILogger<HostReporter>? logger = null)
    {
        this.store = store;
        this.events = events;
        this.file = file;
        this.options = options;
        this.clock = clock ?? TimeProvider.System;
        startedAt = this.clock.GetUtcNow();
        outbox = new Outbox(store, events, options.HostId, logger ?? NullLogger<HostReporter>.Instance);
    }

    /// <summary>Writes the next report. What it says is not acknowledged until <see cref="AcknowledgeAsync"/> says so.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The report, with a number that no report before had.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<PreparedReport> PrepareAsync(CancellationToken cancellationToken = default)
    {
        // First the end of the log, then the rows: so what the rows show is never older than what the deltas tell. What happens
        // in between is told by the next report, and until then its operations count as open.
        var last = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await store.ReadAsync(options.HostId, cancellationToken).ConfigureAwait(false);
        var desired = (await file.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet;
        var mail = await outbox.CollectAsync(last, recorded, cancellationToken).ConfigureAwait(false);
        var report = new HostReport
        {
            Version = SwarmProtocol.Version,
            HostId = options.HostId,
            Number = await NextNumberAsync(cancellationToken).ConfigureAwait(false),
            AgentVersion = Operation.CutError(options.AgentVersion, LongestVersion)!,
            StartedAt = startedAt,
            TrustVersion = options.TrustVersion(),
            Problem = Operation.CutError(options.Problem()),
            Deckies = [.. recorded.Rows.Select(row => Report(row, desired?.Find(row.Name)))],
            OpenOperations = [.. recorded.OpenOperations.Select(operation => operation.Id).Union(mail.Untold).Take(SwarmProtocol.MaxDeckies)],
            Deltas = mail.Deltas,
        };
        return new PreparedReport { Report = report, Through = mail.Through, Seen = last, HasMore = mail.HasMore };
    }

    /// <summary>Remembers that the master has stored a report, so that its deltas are not told again.</summary>
    /// <param name="sent">The report.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is remembered.</returns>
    /// <exception cref="StateStoreException">The store cannot be written.</exception>
    public Task AcknowledgeAsync(PreparedReport sent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sent);
        return outbox.AcknowledgeAsync(sent, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Tells how the host is, for who asks.</summary>
    internal async Task<AgentStatus> DescribeAsync(FleetStatus status, CancellationToken cancellationToken)
    {
        var last = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await store.ReadAsync(options.HostId, cancellationToken).ConfigureAwait(false);
        var mail = await outbox.CollectAsync(last, recorded, cancellationToken).ConfigureAwait(false);
        var known = status.Desired as DesiredState.Known;
        return new AgentStatus
        {
            Version = SwarmProtocol.Version,
            HostId = options.HostId,
            AgentVersion = options.AgentVersion,
            StartedAt = startedAt,
            Generation = known?.Generation,
            Network = known is { Fleet: var fleet } ? new SwarmNetwork { Subnet = fleet.Subnet, Gateway = fleet.Gateway, Driver = fleet.Driver } : null,
            Problem = status.Unreachable ?? (status.Desired as DesiredState.Corrupt)?.Reason,
            Deckies = [.. status.Deckies.Where(decky => decky.IsDesired || decky.Row is not null).Select(decky => Report(decky, known?.Fleet.Find(decky.Name)))],
            OpenOperations = [.. recorded.OpenOperations.Select(operation => operation.Id)],
            Unacknowledged = mail.Count,
        };
    }

    static ReportedDecky Report(DeckyRow row, Decky? desired) => new()
    {
        Name = row.Name,
        State = row.State,
        Reason = Operation.CutError(row.Reason),
        Address = row.IPAddress,
        Services = row.Services,
        Digest = Digest(desired, row.ConfigJson),
    };

    static ReportedDecky Report(DeckyStatus decky, Decky? desired) => new()
    {
        Name = decky.Name,
        State = decky.State,
        Reason = decky.Reason,
        Address = decky.IPAddress!,
        Services = decky.Services,
        Digest = Digest(desired, decky.Row?.ConfigJson),
    };

    static string Digest(Decky? desired, string? configJson)
    {
        try
        {
            return (desired ?? (configJson is null ? null : FleetJson.ReadDecky(configJson))) is { } decky ? DeckyDigest.Of(decky) : NoDigest;
        }
        catch (JsonException)
        {
            return NoDigest;
        }
    }

    /// <summary>The number of the next report; it is on disk before anybody sees it.</summary>
    async Task<long> NextNumberAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await store.ReadCounterAsync(DurableCounter.Reports, cancellationToken).ConfigureAwait(false) + 1;
            var commit = await store.CommitAsync([new StateChange.RaiseCounter(DurableCounter.Reports, next)], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (commit.Applied[0])
            {
                return next;
            }
        }
    }
}
