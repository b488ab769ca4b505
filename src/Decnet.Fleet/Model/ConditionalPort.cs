namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;

/// <summary>A port that is opened when a multi-choice field holds a value.</summary>
public sealed record ConditionalPort
{
    /// <summary>The key of the field.</summary>
    [JsonPropertyName("field")]
    public required string Field { get; init; }

    /// <summary>The value that the field must hold.</summary>
    [JsonPropertyName("contains")]
    public required string Contains { get; init; }

    /// <summary>The port.</summary>
    [JsonPropertyName("port")]
    public required ServicePort Port { get; init; }
}
