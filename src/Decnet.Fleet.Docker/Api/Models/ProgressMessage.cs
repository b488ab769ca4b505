namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>One message of a pull, a load or a build. The HTTP status is 200 long before it is known whether it succeeds.</summary>
internal sealed record ProgressMessage
{
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("progressDetail")]
    public ProgressDetail? ProgressDetail { get; init; }

    /// <summary>What a step made: of a build <c>{"ID":"sha256:..."}</c>.</summary>
    [JsonPropertyName("aux")]
    public JsonElement? Aux { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("errorDetail")]
    public ErrorDetail? ErrorDetail { get; init; }

    /// <summary>The id of the image that a build made; null in all other messages.</summary>
    [JsonIgnore]
    public string? BuiltId => Aux is { ValueKind: JsonValueKind.Object } made
        && made.TryGetProperty("ID", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
