namespace Decnet.Fleet.Swarm.Masters;

using System.Collections.Concurrent;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Keeps the master's rows and operations by what hosts report. When a call returns, everything in the report but the sign of life
/// itself is stored, so the host need not say it again. All members may be called from several threads.
/// </summary>
/// <remarks>
/// Repeated, late and reordered reports change nothing that a later one has said. A report that says nothing new costs a comparison
/// in memory and a look at the event log's end.
/// </remarks>
public sealed class HostLedger : IAsyncDisposable
{
    readonly IStateStore store;
    readonly IEventLog events;
    readonly IFleetFile file;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly DesiredFleet desired;
    readonly BeatBatch beats;
    readonly HostRemoval removal;
    readonly LostOperations lost;
    readonly ForeignDeltas foreign;
    readonly ConcurrentDictionary<HostId, HostMemory> memories = new();

    /// <summary>Puts it together.</summary>
    /// <param name="store">The rows, operations and hosts.</param>
    /// <param name="events">The event log of the same store.</param>
    /// <param name="file">What the fleet should be.</param>
    /// <param name="work">What those who hand work over to hosts hold; it is tried, never waited for.</param>
    /// <param name="certificates">What revokes the certificate of a host that has removed itself.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HostLedger(
        IStateStore store,
        IEventLog events,
        IFleetFile file,
        IWorkLock work,
        IHostCertificates certificates,
        HostLedgerOptions? options = null,
        TimeProvider? clock = null,
        ILogger<HostLedger>? logger = null)
    {
        options ??= new HostLedgerOptions();
        options.Validate();
        this.store = store;
        this.events = events;
        this.file = file;
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<HostLedger>.Instance;
        desired = new DesiredFleet(file, options.HostId, options.DecoyImage, this.clock);
        beats = new BeatBatch(store, options.BeatDelay, this.clock, this.logger);
        lost = new LostOperations(work, options.RecordGrace);
        foreign = new ForeignDeltas(store, this.logger);
        removal = new HostRemoval(store, file, certificates, this.clock, this.logger);
    }

    /// <summary>Takes a report in.</summary>
    /// <param name="peer">The host that the certificate of the connection names.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Ends the wait; what has begun to be stored is stored.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="FleetValidationException">The report does not fit; the error has every reason. Nothing was changed.</exception>
    /// <exception cref="UnknownHostException">The fleet has no such host.</exception>
    /// <exception cref="FleetLockedException">The fleet file must get services back, and somebody else holds it. The host should report again.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task ReceiveAsync(HostId peer, HostReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReportCheck.Check(peer, report);
        if (!memories.TryGetValue(peer, out var memory))
        {
            _ = await store.FindHostAsync(peer, cancellationToken).ConfigureAwait(false) ?? throw UnknownHostException.Reporting(peer);
            memory = memories.GetOrAdd(peer, _ => new HostMemory());
        }

        await memory.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await SaysNothingNewAsync(peer, memory, report, cancellationToken).ConfigureAwait(false))
            {
                memory.Number = report.Number;
                await beats.AddAsync(Beat(report)).ConfigureAwait(false);
                return;
            }

            await TakeInAsync(peer, memory, report, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            memory.Turn.Release();
        }
    }

    /// <summary>Takes the last word of a host in that has destroyed itself: with its success, everything of the host goes.</summary>
    /// <param name="peer">The host that the certificate of the connection names.</param>
    /// <param name="farewell">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="FleetValidationException">The farewell does not fit.</exception>
    /// <exception cref="UnknownHostException">The fleet has no such host.</exception>
    /// <exception cref="FleetFileException">The host's deckies cannot be taken out of the fleet file.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task FarewellAsync(HostId peer, HostFarewell farewell, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(farewell);
        ReportCheck.Check(peer, farewell);
        var host = await store.FindHostAsync(peer, cancellationToken).ConfigureAwait(false) ?? throw UnknownHostException.Reporting(peer);
        var told = new StateChange.Announce { Events = [HostEvent.Farewell(host, farewell)] };
        if (!farewell.Succeeded)
        {
            MastersLog.FarewellFailed(logger, host.Name, string.Join("; ", farewell.Failed));
            await store.CommitAsync([told], clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return;
        }

        beats.Forget(peer);
        await removal.RunAsync(host, "it has destroyed itself", told, cancellationToken).ConfigureAwait(false);
        memories.TryRemove(peer, out _);
    }

    /// <summary>Writes what waits to be written.</summary>
    /// <returns>A task that ends when it is written.</returns>
    public async ValueTask DisposeAsync()
    {
        await beats.DisposeAsync().ConfigureAwait(false);
        desired.Dispose();
    }

    static StateChange.RecordReport Beat(HostReport report) => new(report.HostId, report.Number, report.AgentVersion, report.TrustVersion) { HasObserved = report.Problem is null };

    /// <summary>What is compared of two reports.</summary>
    static HostReport Contents(HostReport report) => report with { Number = 0, Deltas = [] };

    async Task<bool> SaysNothingNewAsync(HostId peer, HostMemory memory, HostReport report, CancellationToken cancellationToken)
    {
        if (memory.Settled is not { } settled || report.Deltas.Count > 0 || report.Number <= memory.Number || settled != Contents(report))
        {
            return false;
        }

        return await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false) == memory.Sequence
            && ReferenceEquals((await desired.LoadAsync(cancellationToken).ConfigureAwait(false))?.Of(peer), memory.Wanted);
    }

    async Task TakeInAsync(HostId peer, HostMemory memory, HostReport report, CancellationToken cancellationToken)
    {
        var sequence = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var host = await store.FindHostAsync(peer, cancellationToken).ConfigureAwait(false) ?? throw Forgotten(peer);
        if (memory.EnrolledAt != host.EnrolledAt)
        {
            memory.Reset(host.EnrolledAt, host.LastReport);
        }

        if (report.Problem is { } problem && memory.Settled?.Problem != problem)
        {
            MastersLog.HostTroubled(logger, host.Name, problem);
        }

        var isNew = report.Number > Math.Max(memory.Number, host.LastReport);
        var wanted = await desired.LoadAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await store.ReadAsync(peer, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var reading = new OperationReading(recorded, report, now);
        await foreign.TellAsync(host, reading.Unmatched, cancellationToken).ConfigureAwait(false);
        Operation[] unknown = isNew ? await lost.FindAsync(memory, reading.Open, report, now, cancellationToken).ConfigureAwait(false) : [];
        reading.EndUnknown(host, unknown);
        if (await GiveServicesBackAsync(host, reading, unknown, report, wanted, cancellationToken).ConfigureAwait(false))
        {
            wanted = await desired.LoadAsync(cancellationToken).ConfigureAwait(false);
        }

        beats.Forget(peer);
        List<StateChange> changes =
        [
            Beat(report) with { Events = host.Status == FleetHostStatus.Active ? [] : [Recovery(host)] },
            .. reading.Changes,
            .. new ReportReading(host, recorded, reading, report, wanted?.Of(peer), now).Changes(isNew),
        ];
        var commit = await store.CommitAsync(changes, now, cancellationToken).ConfigureAwait(false);
        await ConcludeAsync(host, reading, changes, commit, unknown).ConfigureAwait(false);
        memory.Number = Math.Max(memory.Number, report.Number);
        memory.Wanted = wanted?.Of(peer);
        memory.Sequence = commit.FirstSequence == sequence + 1 ? commit.LastSequence : sequence;
        var listed = report.OpenOperations.ToHashSet();
        memory.Settled = isNew && commit.Applied.All(applied => applied) && reading.Open.All(operation => listed.Contains(operation.Id)) ? Contents(report) : null;
    }

    static EventDraft Recovery(FleetHost host) => HostEvent.Draft(
        host with { Status = FleetHostStatus.Active },
        "active",
        host.Status,
        host.Status == FleetHostStatus.Enrolled ? "it has reported for the first time" : $"it reports again; {HostAbsence.Describe(host)} before");

    async Task ConcludeAsync(FleetHost host, OperationReading reading, List<StateChange> changes, CommitResult commit, Operation[] unknown)
    {
        if (!commit.Applied[0])
        {
            // The host was removed while its report was read: what the report has added again goes, too.
            var left = await store.ReadAsync(host.HostId, CancellationToken.None).ConfigureAwait(false);
            await store.CommitAsync([.. left.Rows.Select(DeckyRemoval.Of)], clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            throw Forgotten(host.HostId);
        }

        if (host.Status != FleetHostStatus.Active)
        {
            MastersLog.HostChanged(logger, host.Name, FleetHostStatus.Active, "it has reported");
        }

        var advanced = changes
            .Select((change, i) => change is StateChange.AdvanceOperation advance && commit.Applied[i] ? advance.Id : (Guid?)null)
            .OfType<Guid>()
            .ToHashSet();
        foreach (var operation in reading.Ended.Where(operation => advanced.Contains(operation.Id)))
        {
            OpenOperations.Count(operation);
            if (operation is { Kind: OperationKind.Mutate, Status: OperationStatus.Succeeded })
            {
                FleetTelemetry.Mutated(Token<MutationTrigger>.Of(operation.Trigger ?? MutationTrigger.Operator));
            }

            if (unknown.Any(lost => lost.Id == operation.Id))
            {
                MastersLog.OperationEnded(logger, operation.Kind, operation.DeckyName, host.Name, operation.Error);
            }
        }
    }

    UnknownHostException Forgotten(HostId peer)
    {
        memories.TryRemove(peer, out _);
        return UnknownHostException.Reporting(peer);
    }

    /// <summary>
    /// Before the operations end, so that a crash between the two only repeats it: the host says it again until it is stored.
    /// </summary>
    async Task<bool> GiveServicesBackAsync(
        FleetHost host, OperationReading reading, Operation[] unknown, HostReport report, WantedFleet? wanted, CancellationToken cancellationToken)
    {
        var have = report.Deckies.ToDictionary(decky => decky.Name, decky => decky.Services);
        var services = new Dictionary<Decky, ValueList<string>>();
        foreach (var (name, told) in reading.FailedMutations.Select(delta => (delta.Name, delta.Services))
            .Concat(unknown.Where(operation => operation.Kind == OperationKind.Mutate).Select(operation => (operation.DeckyName, (ValueList<string>?)null))))
        {
            if ((told ?? have.GetValueOrDefault(name)) is { } back && wanted?.Of(host.HostId).Deckies.GetValueOrDefault(name) is { } decky)
            {
                services[decky.Decky] = back;
            }
        }

        try
        {
            return await ServiceReturn.GiveBackAsync(file, services, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetFileException error) when (error is not FleetLockedException)
        {
            MastersLog.ServicesNotReturned(logger, host.Name, error.Message);
            return false;
        }
    }
}
