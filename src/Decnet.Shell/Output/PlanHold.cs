namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>Something that a pass does not do, and why.</summary>
public sealed record PlanHold
{
    /// <summary>
    /// The kind: <c>desired_missing</c>, <c>desired_corrupt</c>, <c>runtime_unreachable</c> or <c>deletion_budget</c>, which hold the whole
    /// pass; <c>open_operation</c>, <c>repair_backoff</c>, <c>work_underway</c>, <c>suspended</c> or <c>invalid_decky</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>What is held, why, and what would release it.</summary>
    public required string Reason { get; init; }

    /// <summary>The deckies concerned; empty when it concerns the whole pass.</summary>
    public required string[] Deckies { get; init; }

    /// <summary>When it will be tried again by itself; null when that depends on somebody.</summary>
    public DateTimeOffset? Until { get; init; }

    internal static PlanHold Of(Reconciling.PlanHold hold) => new()
    {
        Kind = Token<HoldKind>.Of(hold.Kind),
        Reason = hold.Reason,
        Deckies = [.. hold.Deckies],
        Until = hold.Until,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Reason}";
}
