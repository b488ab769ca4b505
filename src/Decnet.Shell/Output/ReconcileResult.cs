namespace Decnet.Shell.Output;

using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>What a pass did.</summary>
public sealed record ReconcileResult
{
    /// <summary>How many rows were added.</summary>
    public required int Inserted { get; init; }

    /// <summary>How many rows were removed.</summary>
    public required int Deleted { get; init; }

    /// <summary>How many rows got another state.</summary>
    public required int StateUpdated { get; init; }

    /// <summary>How many rows got another configuration.</summary>
    public required int ConfigUpdated { get; init; }

    /// <summary>How many deckies were brought back and run.</summary>
    public required int Repaired { get; init; }

    /// <summary>Whether something kept the whole pass from converging, such as a missing fleet file.</summary>
    public required bool Held { get; init; }

    /// <summary>Why; null when it was not held.</summary>
    public string? HoldReason { get; init; }

    /// <summary>How long the pass took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps with what became of them; after repairs, the records of what came of them follow.</summary>
    public required ExecutedStep[] Steps { get; init; }

    /// <summary>All that was not done, of single deckies too, and why.</summary>
    public required PlanHold[] Holds { get; init; }

    /// <summary>The names of containers that carry our labels and belong to no decky of the fleet.</summary>
    public required string[] Strays { get; init; }

    /// <summary>The host.</summary>
    public required string HostId { get; init; }

    internal static ReconcileResult Of(Reconciling.ReconcileResult result) => new()
    {
        Inserted = result.Inserted,
        Deleted = result.Deleted,
        StateUpdated = result.StateUpdated,
        ConfigUpdated = result.ConfigUpdated,
        Repaired = result.Repaired,
        Held = result.Held,
        HoldReason = result.HoldReason,
        Duration = result.Duration,
        Steps = [.. result.Steps.Select(ExecutedStep.Of)],
        Holds = [.. result.Holds.Select(PlanHold.Of)],
        Strays = [.. result.Strays.Select(stray => stray.Name)],
        HostId = result.Plan.HostId.Value,
    };
}
