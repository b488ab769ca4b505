namespace Decnet.Fleet.Catalog;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The contents of the embedded catalog.</summary>
internal sealed record CatalogData
{
    [JsonPropertyName("services"), JsonConverter(typeof(ValueListConverter<ServiceDefinition>))]
    public required ValueList<ServiceDefinition> Services { get; init; }

    [JsonPropertyName("archetypes"), JsonConverter(typeof(ValueListConverter<ArchetypeDefinition>))]
    public required ValueList<ArchetypeDefinition> Archetypes { get; init; }

    [JsonPropertyName("distros"), JsonConverter(typeof(ValueListConverter<DistroDefinition>))]
    public required ValueList<DistroDefinition> Distros { get; init; }

    [JsonPropertyName("os_families"), JsonConverter(typeof(ValueListConverter<OsFamilyDefinition>))]
    public required ValueList<OsFamilyDefinition> OsFamilies { get; init; }

    internal static CatalogData LoadEmbedded()
    {
        using var stream = typeof(CatalogData).Assembly.GetManifestResourceStream("Decnet.Fleet.Catalog.catalog.json")!;
        return JsonSerializer.Deserialize(stream, CatalogJsonContext.Default.CatalogData)!;
    }
}
