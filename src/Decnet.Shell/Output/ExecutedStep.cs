namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>A step of a plan with what became of it.</summary>
public sealed record ExecutedStep
{
    /// <summary>What it does, as <see cref="PlanStep.Action"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The decky; for a stray container, what its labels say.</summary>
    public required string DeckyName { get; init; }

    /// <summary>The container; null for a row or a whole decky.</summary>
    public string? Container { get; init; }

    /// <summary>What became of it: <c>done</c>, <c>failed</c>, or <c>skipped</c> when somebody else changed the row meanwhile.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Why it was to be done.</summary>
    public required string Reason { get; init; }

    internal static ExecutedStep Of(Reconciling.ExecutedStep executed) => new()
    {
        Action = Token<PlanAction>.Of(executed.Step.Action),
        DeckyName = executed.Step.DeckyName,
        Container = executed.Step.Container,
        Outcome = Token<StepOutcome>.Of(executed.Outcome),
        Error = executed.Error,
        Reason = executed.Step.Reason,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Container ?? DeckyName}: {Outcome}";
}
