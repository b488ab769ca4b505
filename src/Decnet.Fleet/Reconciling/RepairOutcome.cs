namespace Decnet.Fleet.Reconciling;

/// <summary>What became of the repairs of a pass.</summary>
/// <param name="Steps">The steps, in the order of the plan.</param>
/// <param name="Errors">By decky whose repair failed, why.</param>
/// <param name="Attempted">The deckies that were repaired or should have been.</param>
internal sealed record RepairOutcome(
    IReadOnlyList<ExecutedStep> Steps, IReadOnlyDictionary<string, string> Errors, IReadOnlySet<string> Attempted);
