namespace Decnet.Fleet.Reconciling;

/// <summary>A step of a plan with what became of it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record ExecutedStep(PlanStep Step, StepOutcome Outcome, string? Error = null);
