namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json.Serialization;

/// <summary>What the engine says when it refuses a request.</summary>
internal sealed record ErrorAnswer
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
