namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>How a decky is, and what its row must become to say so: the same changes and events as a reconciler's pass would make.</summary>
internal sealed record DeckyMirror
{
    static readonly IReadOnlySet<string> Nobody = new HashSet<string>();

    // Deckies that are looked at alone must not be taken for the whole fleet.
    static readonly ReconcileOptions RecordOnly = new() { MaxDeletions = DeletionBudget.OfCount(0) };

    internal required DeckyState State { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    internal string? Reason { get; init; }

    internal required IReadOnlyList<StateChange> Changes { get; init; }

    internal required IReadOnlyList<ObservedContainer> Containers { get; init; }

    /// <summary>Whether it is exactly what it should be.</summary>
    internal bool IsRunning => State == DeckyState.Running && Reason is null;

    internal static DeckyMirror Of(FleetGround ground, Fleet fleet, Decky decky, Sight sight)
    {
        var snapshot = ground.Snapshot(fleet, [decky], sight);
        var containers = sight.ContainersOf(decky.Name);
        var plan = ReconcilePlanner.Plan(snapshot, RecordOnly);
        var changes = RecordChanges.Of(snapshot, plan, Nobody).Changes;
        if (snapshot.Observed is not ObservedState.Known || snapshot.Index.Subjects is not [var subject])
        {
            var reason = snapshot.Observed is ObservedState.Unreachable unreachable ? unreachable.Reason : plan.Holds.FirstOrDefault()?.Reason;
            return new DeckyMirror { State = DeckyState.Pending, Reason = reason, Changes = changes, Containers = containers };
        }

        var writer = new ReasonWriter(stackalloc char[ReasonWriter.Capacity]);
        var state = DeckyJudge.Judge(subject, snapshot.Index.ContainersOf(0), ref writer);
        return new DeckyMirror { State = state, Reason = writer.ToText(null), Changes = changes, Containers = containers };
    }
}
