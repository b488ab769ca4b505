namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// What a pass would do, as a value: it can be looked at, kept, compared, and applied later, provided that nothing it
/// depends on has changed in between. Making one changes nothing.
/// </summary>
public sealed class ReconcilePlan
{
    readonly Lazy<string> fingerprint;

    internal ReconcilePlan(
        FleetSnapshot snapshot, ReconcileOptions options, ValueList<PlanStep> steps, ValueList<PlanHold> holds, ValueList<ObservedContainer> strays)
        : this(snapshot.HostId, snapshot.TakenAt, options, steps, holds, strays, new Lazy<string>(() => SnapshotFingerprint.Compute(snapshot)))
    {
    }

    internal ReconcilePlan(
        HostId hostId,
        DateTimeOffset madeAt,
        ReconcileOptions options,
        ValueList<PlanStep> steps,
        ValueList<PlanHold> holds,
        ValueList<ObservedContainer> strays,
        Lazy<string> fingerprint)
    {
        HostId = hostId;
        MadeAt = madeAt;
        Options = options;
        Steps = steps;
        Holds = holds;
        Strays = strays;
        this.fingerprint = fingerprint;
    }

    /// <summary>The host that it is for.</summary>
    public HostId HostId { get; }

    /// <summary>When the snapshot was taken that it was made from.</summary>
    public DateTimeOffset MadeAt { get; }

    /// <summary>What the pass was allowed to do.</summary>
    public ReconcileOptions Options { get; }

    /// <summary>The steps, in the order in which they are done: rows first, then containers, decky by decky.</summary>
    public ValueList<PlanStep> Steps { get; }

    /// <summary>What is not done, and why.</summary>
    public ValueList<PlanHold> Holds { get; }

    /// <summary>Containers that carry our labels and belong to no decky of the fleet.</summary>
    public ValueList<ObservedContainer> Strays { get; }

    /// <summary>Whether there is nothing to do and nothing held.</summary>
    public bool IsConverged => Steps.Count == 0 && Holds.Count == 0;

    /// <summary>Whether a step touches a container.</summary>
    internal bool TouchesContainers => Steps.Count > 0 && !Steps[^1].IsRecord;

    /// <summary>
    /// The SHA-256 over everything that the plan depends on: fleet, rows, open operations, suspensions and containers. It is computed
    /// when first asked for.
    /// </summary>
    public string Fingerprint => fingerprint.Value;

    /// <summary>The deckies that it is confined to; null for all.</summary>
    internal IReadOnlySet<string>? Scope { get; init; }

    /// <summary>
    /// The part of the plan that concerns some deckies. It is applied as the whole one would be, and as the whole one it is refused
    /// when anything has changed that the whole was made from, also what concerns other deckies.
    /// </summary>
    /// <param name="deckies">The deckies, by the names that the steps have.</param>
    /// <returns>The part.</returns>
    public ReconcilePlan Only(IEnumerable<string> deckies)
    {
        ArgumentNullException.ThrowIfNull(deckies);
        var scope = deckies.Where(name => Scope is null || Scope.Contains(name)).ToHashSet(StringComparer.Ordinal);
        return With([.. Steps.Where(step => scope.Contains(step.DeckyName))], Holds, scope);
    }

    /// <summary>The plan without the steps that touch containers, and why they are left out.</summary>
    internal ReconcilePlan RecordsOnly(PlanHold hold) => With([.. Steps.Where(step => step.IsRecord)], [.. Holds, hold], Scope);

    ReconcilePlan With(ValueList<PlanStep> steps, ValueList<PlanHold> holds, IReadOnlySet<string>? scope) =>
        new(HostId, MadeAt, Options, steps, holds, Strays, fingerprint) { Scope = scope };
}
