namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;

/// <summary>An answer of HTTP.</summary>
internal sealed record StandInPage
{
    /// <summary>The status code, or the name of a value that holds it.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>The media type.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>Further header lines, without line ends.</summary>
    [JsonPropertyName("headers")]
    public string[] Headers { get; init => field = value ?? []; } = [];

    /// <summary>The content.</summary>
    [JsonPropertyName("body")]
    public required string Body { get; init; }
}
