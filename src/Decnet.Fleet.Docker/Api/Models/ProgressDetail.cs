namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json.Serialization;

/// <summary>How far a layer is, in bytes.</summary>
internal sealed record ProgressDetail
{
    [JsonPropertyName("current")]
    public long? Current { get; init; }

    [JsonPropertyName("total")]
    public long? Total { get; init; }
}
