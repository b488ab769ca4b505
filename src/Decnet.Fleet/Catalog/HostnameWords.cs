namespace Decnet.Fleet.Catalog;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>What host names are made of.</summary>
internal sealed record HostnameWords
{
    static readonly Lazy<HostnameWords> EmbeddedWords = new(LoadEmbedded);

    /// <summary>The words that come with Decnet.</summary>
    internal static HostnameWords Embedded => EmbeddedWords.Value;

    [JsonPropertyName("words"), JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Words { get; init; }

    /// <summary>The smallest number, inclusive.</summary>
    [JsonPropertyName("number_min")]
    public required int NumberMin { get; init; }

    /// <summary>The greatest number, inclusive.</summary>
    [JsonPropertyName("number_max")]
    public required int NumberMax { get; init; }

    static HostnameWords LoadEmbedded()
    {
        using var stream = typeof(HostnameWords).Assembly.GetManifestResourceStream("Decnet.Fleet.Catalog.hostnames.json")!;
        return JsonSerializer.Deserialize(stream, CatalogJsonContext.Default.HostnameWords)!;
    }
}
