namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;

/// <summary>An environment variable that takes its value from a configuration field.</summary>
public sealed record EnvironmentBinding
{
    /// <summary>The key of the field.</summary>
    [JsonPropertyName("field")]
    public required string Field { get; init; }

    /// <summary>The variable.</summary>
    [JsonPropertyName("variable")]
    public required string Variable { get; init; }

    /// <summary>How the value is written.</summary>
    /// <value>Default: <see cref="SettingEncoding.Text"/>.</value>
    [JsonPropertyName("encoding")]
    public SettingEncoding Encoding { get; init; }

    /// <summary>The value of the variable when the field is not set.</summary>
    /// <value>Default: null, the variable is left out.</value>
    [JsonPropertyName("default")]
    public string? Default { get; init; }
}
