namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>What a pass did.</summary>
public sealed record ReconcileResult
{
    /// <summary>The plan that was carried out.</summary>
    public required ReconcilePlan Plan { get; init; }

    /// <summary>Its steps with what became of them, in the order of the plan; after repairs, the records of what came of them follow.</summary>
    public required ValueList<ExecutedStep> Steps { get; init; }

    /// <summary>Rows added.</summary>
    public int Inserted { get; init; }

    /// <summary>Rows removed.</summary>
    public int Deleted { get; init; }

    /// <summary>Rows whose state changed.</summary>
    public int StateUpdated { get; init; }

    /// <summary>Rows whose configuration changed.</summary>
    public int ConfigUpdated { get; init; }

    /// <summary>Deckies whose containers were brought back and run.</summary>
    public int Repaired { get; init; }

    /// <summary>How long the pass took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>When something held should be tried again; null when nothing waits for a time.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What was not done, and why.</summary>
    public ValueList<PlanHold> Holds => Plan.Holds;

    /// <summary>Containers that carry our labels and belong to no decky of the fleet.</summary>
    public ValueList<ObservedContainer> Strays => Plan.Strays;

    /// <summary>Whether something kept the whole pass from converging.</summary>
    public bool Held => Plan.Holds.Any(hold => hold.HoldsPass);

    /// <summary>Why the pass was held; null when it was not.</summary>
    public string? HoldReason => Held ? string.Join("; ", Plan.Holds.Where(hold => hold.HoldsPass).Select(hold => hold.ToString())) : null;

    /// <summary>Whether any step failed.</summary>
    public bool HasFailures => Steps.Any(step => step.Outcome == StepOutcome.Failed);

    /// <summary>Whether there was nothing to do and nothing was held.</summary>
    public bool IsConverged => Plan.IsConverged;
}
