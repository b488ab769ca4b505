namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json.Serialization;

/// <summary>Why a pull, a load or a build failed.</summary>
internal sealed record ErrorDetail
{
    [JsonPropertyName("code")]
    public int? Code { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
