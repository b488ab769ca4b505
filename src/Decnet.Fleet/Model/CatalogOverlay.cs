namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What one fleet adds to, or overrides in, the built-in catalog. It is part of the fleet and holds for it alone.</summary>
public sealed record CatalogOverlay
{
    /// <summary>Services added, or overriding a built-in one when they say so.</summary>
    [JsonPropertyName("services"), JsonConverter(typeof(ValueListConverter<ServiceDefinition>))]
    public ValueList<ServiceDefinition> Services { get; init => field = value ?? []; } = [];

    /// <summary>Archetypes added, or overriding a built-in one when they say so.</summary>
    [JsonPropertyName("archetypes"), JsonConverter(typeof(ValueListConverter<ArchetypeDefinition>))]
    public ValueList<ArchetypeDefinition> Archetypes { get; init => field = value ?? []; } = [];

    /// <summary>Distributions added, or overriding a built-in one when they say so.</summary>
    [JsonPropertyName("distros"), JsonConverter(typeof(ValueListConverter<DistroDefinition>))]
    public ValueList<DistroDefinition> Distros { get; init => field = value ?? []; } = [];

    /// <summary>Images by what they replace, such as a public reference by one of a private mirror.</summary>
    [JsonPropertyName("images"), JsonConverter(typeof(ValueMapConverter<string>))]
    public ValueMap<string> Images { get; init => field = value ?? ValueMap<string>.Empty; } = ValueMap<string>.Empty;
}
