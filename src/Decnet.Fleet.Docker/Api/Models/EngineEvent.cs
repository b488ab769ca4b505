namespace Decnet.Fleet.Docker.Api.Models;

using System.Text.Json.Serialization;

/// <summary>An event of the engine. The fields <c>status</c>, <c>id</c> and <c>from</c> of older engines repeat these.</summary>
internal sealed record EngineEvent
{
    public string? Type { get; init; }

    public string? Action { get; init; }

    public EventActor? Actor { get; init; }

    [JsonPropertyName("time")]
    public long? Time { get; init; }

    [JsonPropertyName("timeNano")]
    public long? TimeNano { get; init; }
}
