namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>One step of a plan.</summary>
public sealed record PlanStep
{
    /// <summary>
    /// What it does: <c>insert</c>, <c>delete</c>, <c>update_state</c>, <c>update_reason</c> or <c>update_config</c> of a row;
    /// <c>start_container</c>, <c>restart_decky</c>, <c>replace_container</c>, <c>replace_decky</c>, <c>rename_container</c> or
    /// <c>remove_container</c>.
    /// </summary>
    public required string Action { get; init; }

    /// <summary>The decky; for a stray container, what its labels say.</summary>
    public required string DeckyName { get; init; }

    /// <summary>The container; null for a row or a whole decky.</summary>
    public string? Container { get; init; }

    /// <summary>The service of the container; null for a base, a row or a whole decky.</summary>
    public string? Service { get; init; }

    /// <summary>The recorded state; null when there is no row, or the step is not about one.</summary>
    public string? PreviousState { get; init; }

    /// <summary>The state that will be recorded; null when the step records none.</summary>
    public string? State { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    internal static PlanStep Of(Reconciling.PlanStep step) => new()
    {
        Action = Token<PlanAction>.Of(step.Action),
        DeckyName = step.DeckyName,
        Container = step.Container,
        Service = step.ServiceName,
        PreviousState = step.PreviousState is { } previous ? Token<DeckyState>.Of(previous) : null,
        State = step.State is { } state ? Token<DeckyState>.Of(state) : null,
        Reason = step.Reason,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Container ?? DeckyName}";
}
