namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>A ready-made persona: services, distributions and OS family that belong together.</summary>
public sealed record ArchetypeDefinition
{
    /// <summary>The identifier, such as <c>linux-server</c>.</summary>
    [JsonPropertyName("slug")]
    public required string Slug { get; init; }

    /// <summary>The name for people.</summary>
    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    /// <summary>What it imitates.</summary>
    [JsonPropertyName("summary")]
    public string? Summary { get; init; }

    /// <summary>The slugs of its services, in order.</summary>
    [JsonPropertyName("services"), JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Services { get; init; }

    /// <summary>The slugs of its distributions, in the order of rotation.</summary>
    [JsonPropertyName("preferred_distros"), JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> PreferredDistros { get; init; }

    /// <summary>The slug of its OS family.</summary>
    [JsonPropertyName("nmap_os")]
    public required string NmapOs { get; init; }

    /// <summary>In a user's catalog: that the entry replaces a built-in one of the same slug on purpose.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("override")]
    public bool Override { get; init; }
}
