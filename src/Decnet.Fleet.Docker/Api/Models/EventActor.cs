namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>What an event is about.</summary>
internal sealed record EventActor
{
    public string? ID { get; init; }

    public Dictionary<string, string>? Attributes { get; init; }
}
