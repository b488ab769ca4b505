namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Something that a pass does not do, and why.</summary>
public sealed record PlanHold
{
    /// <summary>The kind.</summary>
    [JsonPropertyName("kind")]
    public required HoldKind Kind { get; init; }

    /// <summary>What is held and why, and what would release it.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The deckies concerned.</summary>
    /// <value>Default: none, when it concerns the whole pass.</value>
    [JsonPropertyName("deckies"), JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Deckies { get; init; } = [];

    /// <summary>When it will be tried again by itself; null when that depends on somebody.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it stops the whole pass from converging, rather than one decky.</summary>
    [JsonIgnore]
    public bool HoldsPass =>
        Kind is HoldKind.DesiredMissing or HoldKind.DesiredCorrupt or HoldKind.RuntimeUnreachable or HoldKind.DeletionBudget;

    /// <summary>The hold as one line of text.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Token<HoldKind>.Of(Kind)}: {Reason}";
}
