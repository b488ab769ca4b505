namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>The reconciler of one host. Passes of one instance run one at a time; several processes may run at once.</summary>
public sealed class Reconciler : IReconciler, IDisposable
{
    static readonly IReadOnlySet<string> Nobody = new HashSet<string>();

    readonly SemaphoreSlim onePass = new(1, 1);
    readonly IFleetFile file;
    readonly IStateStore store;
    readonly IContainerRuntime runtime;
    readonly ReconcilerOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly HoldLog holds;
    readonly SubjectCache subjects;
    readonly RepairBackoff backoff;
    readonly IWorkLock? work;

    /// <summary>Puts a reconciler together.</summary>
    /// <param name="file">The desired state.</param>
    /// <param name="store">The rows and events.</param>
    /// <param name="runtime">The containers.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <param name="work">Who may change containers; null when nobody else does.</param>
    public Reconciler(
        IFleetFile file,
        IStateStore store,
        IContainerRuntime runtime,
        ReconcilerOptions? options = null,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<Reconciler>? logger = null,
        IWorkLock? work = null)
    {
        this.file = file;
        this.store = store;
        this.runtime = runtime;
        this.options = options ?? new ReconcilerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.RepairParallelism, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Applier.Parallelism, 1);
        this.clock = clock ?? TimeProvider.System;
        this.work = work;
        this.logger = logger ?? NullLogger<Reconciler>.Instance;
        holds = new HoldLog(this.logger);
        subjects = new SubjectCache(this.options.HostId, new DeckyBlueprints(DeckyComposer.Checked(this.options.DecoyImage, nameof(options))));
        backoff = new RepairBackoff(this.options.Backoff, random ?? RandomSource.New());
    }

    /// <inheritdoc/>
    public async Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
        ReconcilePlanner.Plan(await SnapshotAsync(cancellationToken).ConfigureAwait(false), options);

    /// <inheritdoc/>
    public Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PassAsync(plan.Options, plan, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
        PassAsync(options ?? new ReconcileOptions(), null, cancellationToken);

    /// <summary>Frees what the instance holds. The file, the store and the runtime stay open.</summary>
    public void Dispose() => onePass.Dispose();

    async Task<ReconcileResult> PassAsync(ReconcileOptions passOptions, ReconcilePlan? approved, CancellationToken cancellationToken)
    {
        await onePass.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var started = clock.GetTimestamp();
            using var telemetry = new PassTelemetry(clock, cancellationToken);
            var (snapshot, plan) = await LookAsync(passOptions, approved?.Scope, cancellationToken).ConfigureAwait(false);
            var turn = work is not null && plan.TouchesContainers
                ? await WorkTurn.TakeAsync(work, plan, clock, cancellationToken).ConfigureAwait(false)
                : WorkTurn.NotNeeded;
            await using var release = turn.ConfigureAwait(false);
            if (turn.IsTaken)
            {
                // Whoever had the lock before may have changed what the plan was made from.
                (snapshot, plan) = await LookAsync(passOptions, approved?.Scope, cancellationToken).ConfigureAwait(false);
            }

            RefuseStale(approved, plan);
            RememberStates(snapshot);
            plan = turn.Hold is { } hold ? plan.RecordsOnly(hold) : plan;
            var result = await ExecuteAsync(snapshot, plan, cancellationToken).ConfigureAwait(false);
            result = result with { Duration = clock.GetElapsedTime(started), NextAttempt = NextAttempt(plan) };
            holds.Tell(result.Holds, snapshot.Recorded.Rows.Count > 0);
            ReconcilerLog.Pass(logger, result);
            telemetry.Ended(snapshot.Recorded, result);
            return result;
        }
        finally
        {
            onePass.Release();
        }
    }

    async Task<(FleetSnapshot Snapshot, ReconcilePlan Plan)> LookAsync(
        ReconcileOptions passOptions, IReadOnlySet<string>? scope, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        return (snapshot, Confined(ReconcilePlanner.Plan(snapshot, passOptions), scope));
    }

    static ReconcilePlan Confined(ReconcilePlan plan, IReadOnlySet<string>? scope) => scope is null ? plan : plan.Only(scope);

    async Task<FleetSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        // Rows first, so that an operation that just ended never meets containers from before its end. The file last, since it
        // is what gets done: a row or a container that somebody just made for a newer fleet never meets an older fleet.
        var recorded = await store.ReadAsync(options.HostId, cancellationToken).ConfigureAwait(false);
        var observed = await runtime.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var desired = await file.LoadAsync(cancellationToken).ConfigureAwait(false);
        return FleetSnapshot.Create(options.HostId, desired, recorded, observed, clock.GetUtcNow(), backoff.Histories, subjects);
    }

    static void RefuseStale(ReconcilePlan? approved, ReconcilePlan current)
    {
        if (approved is not null && (approved.Fingerprint != current.Fingerprint || !approved.Steps.Equals(current.Steps)))
        {
            throw new PlanStaleException(approved.Fingerprint, current.Fingerprint);
        }
    }

    async Task<ReconcileResult> ExecuteAsync(FleetSnapshot snapshot, ReconcilePlan plan, CancellationToken cancellationToken)
    {
        var tally = new PassTally(plan);
        await RecordAsync(snapshot, plan, Nobody, tally, cancellationToken).ConfigureAwait(false);
        if (plan.TouchesContainers)
        {
            var outcome = await new RepairRunner(runtime, options.RepairParallelism, options.Applier, new ImageGate(runtime, cancellationToken), snapshot, cancellationToken).RunAsync(plan).ConfigureAwait(false);
            tally.Add(outcome.Steps);
            await RecordRepairsAsync(plan, outcome, Leaving(snapshot, plan), tally, cancellationToken).ConfigureAwait(false);
        }

        return tally.ToResult();
    }

    async Task RecordAsync(
        FleetSnapshot snapshot, ReconcilePlan plan, IReadOnlySet<string> repaired, PassTally tally, CancellationToken cancellationToken)
    {
        var records = RecordChanges.Of(snapshot, plan, repaired);
        if (records.Changes.Count > 0)
        {
            var commit = await store.CommitAsync(records.Changes, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            tally.Add(records, commit);
        }
    }

    /// <summary>Looks again after repairs, so that rows say what came of them rather than what was hoped for.</summary>
    async Task RecordRepairsAsync(
        ReconcilePlan plan, RepairOutcome outcome, IReadOnlySet<string> leaving, PassTally tally, CancellationToken cancellationToken)
    {
        var passOptions = plan.Options;
        var after = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var stillBroken = after.Observed is ObservedState.Known
            ? Broken(after, passOptions)
            : outcome.Attempted;
        foreach (var name in outcome.Attempted)
        {
            if (after.Index.Find(name) is >= 0 and var position && after.Index.Subjects[position] is { Blueprint: { } blueprint } subject)
            {
                var error = outcome.Errors.GetValueOrDefault(name) ?? (stillBroken.Contains(name) ? "it did not stay up" : null);
                backoff.Repaired(subject.Name, blueprint.ConfigHash, error, clock.GetUtcNow());
            }
        }

        var repaired = outcome.Attempted
            .Where(name => !stillBroken.Contains(name) && !outcome.Errors.ContainsKey(name) && after.Index.Find(name) >= 0)
            .ToHashSet(StringComparer.Ordinal);
        var told = FleetSnapshot.Create(
            options.HostId, after.Desired, after.Recorded, after.Observed, after.TakenAt, backoff.Histories, subjects);
        // Deletions are those of the pass's plan, within its budget: of the rows whose containers it removed. What else the
        // second look would delete is for the next pass.
        var recordOnly = passOptions with { Repair = RepairMode.Off, RemoveStrays = false, MaxDeletions = DeletionBudget.Unlimited };
        var mirror = Confined(ReconcilePlanner.Plan(told, recordOnly, leaving), plan.Scope);
        await RecordAsync(told, mirror, repaired, tally, cancellationToken).ConfigureAwait(false);
        tally.Repaired = repaired.Count;
    }

    /// <summary>The deckies whose teardown the plan completes.</summary>
    static HashSet<string> Leaving(FleetSnapshot snapshot, ReconcilePlan plan) =>
        [.. plan.Steps.Where(step => !step.IsRecord).Select(step => step.DeckyName).Where(snapshot.Index.IsLeaving)];

    /// <summary>The deckies that need a repair, now or once the engine has ended what it is doing to their containers.</summary>
    HashSet<string> Broken(FleetSnapshot after, ReconcileOptions passOptions)
    {
        // An order that came during the repair does not mend what it did.
        var recorded = after.Recorded with { Suspensions = [] };
        var fresh = FleetSnapshot.Create(after.HostId, after.Desired, recorded, after.Observed, after.TakenAt, null, subjects);
        var restarting = ((ObservedState.Known)after.Observed).Containers
            .Where(container => container.State == ContainerState.Restarting)
            .Select(container => container.DeckyName);
        return ReconcilePlanner.Plan(fresh, passOptions).Steps
            .Where(step => !step.IsRecord)
            .Select(step => step.DeckyName)
            .Concat(restarting)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Tells the back-off how deckies with a history are, so that it forgets those that stayed well.</summary>
    void RememberStates(FleetSnapshot snapshot)
    {
        if (backoff.IsEmpty || snapshot.Observed is not ObservedState.Known)
        {
            return;
        }

        foreach (var name in backoff.Histories.Keys)
        {
            var position = snapshot.Index.Find(name.Value);
            if (position < 0)
            {
                backoff.Forget(name);
                continue;
            }

            var state = DeckyJudge.StateOf(snapshot.Index.Subjects[position], snapshot.Index.ContainersOf(position));
            backoff.Observed(name, state, snapshot.TakenAt);
        }
    }

    /// <summary>The next moment at which time alone changes something. What is due already waits for something else.</summary>
    DateTimeOffset? NextAttempt(ReconcilePlan plan)
    {
        var now = clock.GetUtcNow();
        return plan.Holds.Select(hold => hold.Until)
            .Concat(backoff.Histories.Values.Where(history => history.LastError is not null).Select(history => (DateTimeOffset?)history.NextAttempt))
            .Where(due => due > now)
            .Min();
    }
}
