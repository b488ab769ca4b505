namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
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
    readonly SubjectCache subjects;
    readonly RepairBackoff backoff;

    /// <summary>Puts a reconciler together.</summary>
    /// <param name="file">The desired state.</param>
    /// <param name="store">The rows and events.</param>
    /// <param name="runtime">The containers.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    public Reconciler(
        IFleetFile file,
        IStateStore store,
        IContainerRuntime runtime,
        ReconcilerOptions? options = null,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<Reconciler>? logger = null)
    {
        this.file = file;
        this.store = store;
        this.runtime = runtime;
        this.options = options ?? new ReconcilerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.RepairParallelism, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Applier.Parallelism, 1);
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<Reconciler>.Instance;
        subjects = new SubjectCache(this.options.HostId, DeckyComposer.Checked(this.options.DecoyImage, nameof(options)));
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
            var snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
            var plan = ReconcilePlanner.Plan(snapshot, passOptions);
            RefuseStale(approved, plan);
            RememberStates(snapshot);
            var result = await ExecuteAsync(snapshot, plan, cancellationToken).ConfigureAwait(false);
            result = result with { Duration = clock.GetElapsedTime(started), NextAttempt = NextAttempt(plan) };
            ReconcilerLog.Pass(logger, result);
            return result;
        }
        finally
        {
            onePass.Release();
        }
    }

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
        if (plan.Steps.Count > 0 && !plan.Steps[^1].IsRecord)
        {
            var outcome = await new RepairRunner(runtime, options, snapshot, cancellationToken).RunAsync(plan).ConfigureAwait(false);
            tally.Add(outcome.Steps);
            await RecordRepairsAsync(plan.Options, outcome, tally, cancellationToken).ConfigureAwait(false);
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
        ReconcileOptions passOptions, RepairOutcome outcome, PassTally tally, CancellationToken cancellationToken)
    {
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
        // Deletions are those of the pass's plan: what the second look would delete is for the next pass and its budget.
        var recordOnly = passOptions with { Repair = RepairMode.Off, RemoveStrays = false, MaxDeletions = DeletionBudget.OfCount(0) };
        var mirror = ReconcilePlanner.Plan(told, recordOnly);
        await RecordAsync(told, mirror, repaired, tally, cancellationToken).ConfigureAwait(false);
        tally.Repaired = repaired.Count;
    }

    /// <summary>The deckies that need a repair, now or once the engine has ended what it is doing to their containers.</summary>
    HashSet<string> Broken(FleetSnapshot after, ReconcileOptions passOptions)
    {
        var fresh = FleetSnapshot.Create(after.HostId, after.Desired, after.Recorded, after.Observed, after.TakenAt, null, subjects);
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
