namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>A configuration field of a service.</summary>
public sealed record ConfigField
{
    /// <summary>The key, lower-case.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>The type.</summary>
    [JsonPropertyName("type")]
    public required ConfigFieldType Type { get; init; }

    /// <summary>What the service uses when the key is not set.</summary>
    /// <value>Default: null, the service decides.</value>
    [JsonPropertyName("default")]
    public SettingValue? Default { get; init; }

    /// <summary>Whether the value must not be shown, logged or published.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("secret")]
    public bool Secret { get; init; }

    /// <summary>The allowed values of <see cref="ConfigFieldType.Enum"/> and <see cref="ConfigFieldType.MultiEnum"/>.</summary>
    /// <value>Default: none; then every value is allowed.</value>
    [JsonPropertyName("choices"), JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Choices { get; init => field = value ?? []; } = [];

    /// <summary>The smallest value of a <see cref="ConfigFieldType.Int"/>.</summary>
    /// <value>Default: null, no limit.</value>
    [JsonPropertyName("minimum")]
    public long? Minimum { get; init; }

    /// <summary>The greatest value of a <see cref="ConfigFieldType.Int"/>.</summary>
    /// <value>Default: null, no limit.</value>
    [JsonPropertyName("maximum")]
    public long? Maximum { get; init; }

    /// <summary>What the field does.</summary>
    /// <value>Default: null.</value>
    [JsonPropertyName("help")]
    public string? Help { get; init; }
}
