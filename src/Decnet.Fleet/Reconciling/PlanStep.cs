namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;

/// <summary>One step of a plan.</summary>
public sealed record PlanStep
{
    /// <summary>What it does.</summary>
    [JsonPropertyName("action")]
    public required PlanAction Action { get; init; }

    /// <summary>The decky; for a container that no decky of the fleet has, what its labels say.</summary>
    [JsonPropertyName("decky")]
    public required string DeckyName { get; init; }

    /// <summary>The container that it starts, makes or removes, by name.</summary>
    /// <value>Null for a step that concerns a row or a whole decky.</value>
    [JsonPropertyName("container")]
    public string? Container { get; init; }

    /// <summary>The slug of the container's service; null for a base or a whole decky.</summary>
    [JsonPropertyName("service")]
    public string? ServiceName { get; init; }

    /// <summary>The engine's id of the container that is there now.</summary>
    [JsonPropertyName("container_id")]
    public string? ContainerId { get; init; }

    /// <summary>The recorded state; null when there is no row.</summary>
    [JsonPropertyName("previous_state")]
    public DeckyState? PreviousState { get; init; }

    /// <summary>The state that will be recorded; null when the step records none.</summary>
    [JsonPropertyName("state")]
    public DeckyState? State { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The reason that the row will show; null for none.</summary>
    [JsonPropertyName("row_reason")]
    public string? RowReason { get; init; }

    /// <summary>Whether it changes rows only and touches no container.</summary>
    [JsonIgnore]
    public bool IsRecord => Action < PlanAction.StartContainer;

    /// <summary>The step as one line of text.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Token<PlanAction>.Of(Action)} {Container ?? DeckyName}: {Reason}";
}
