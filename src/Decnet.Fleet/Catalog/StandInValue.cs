namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;

/// <summary>A text that depends on settings and persona.</summary>
internal sealed record StandInValue
{
    /// <summary>The key of the setting that it is when the operator set it; null for none.</summary>
    [JsonPropertyName("setting")]
    public string? Setting { get; init; }

    /// <summary>Whether that setting keeps its line ends; otherwise they become blanks.</summary>
    [JsonPropertyName("lines")]
    public bool Lines { get; init; }

    /// <summary>The key of the setting whose value picks among <see cref="By"/> before the persona does; null for none.</summary>
    [JsonPropertyName("pick")]
    public string? Pick { get; init; }

    /// <summary>The text otherwise, by the picked choice or by what the persona is: OS family, distribution, or <c>*</c> for all others.</summary>
    [JsonPropertyName("by")]
    public required Dictionary<string, string> By { get; init; }
}
