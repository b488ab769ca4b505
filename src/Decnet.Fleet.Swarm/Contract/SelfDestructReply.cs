namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The answer to <see cref="SelfDestructCommand"/>: 428 with a confirmation to send back, or 202 when it has begun.</summary>
public sealed record SelfDestructReply
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it has begun.</summary>
    public required bool Accepted { get; init; }

    /// <summary>What to send back within a minute; it works once.</summary>
    /// <value>Default: null, it was sent.</value>
    public string? Confirmation { get; init; }

    /// <summary>What is removed: deckies by name, then paths and units as the install manifest lists them.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Removes { get; init; }

    /// <summary>What cannot be removed, and why. Nothing is begun while there is any.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Obstacles { get; init; }
}
