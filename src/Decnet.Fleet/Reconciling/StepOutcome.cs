namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What became of a step.</summary>
[JsonConverter(typeof(TokenConverter<StepOutcome>))]
public enum StepOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Somebody else changed the row since it was read; a later pass looks again.</summary>
    Skipped,

    /// <summary>It failed.</summary>
    Failed,
}
