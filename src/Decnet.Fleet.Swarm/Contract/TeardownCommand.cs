namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /teardown</c>: deckies that the host shall remove. One that it does not have counts as removed.</summary>
public sealed record TeardownCommand
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The deckies, each with its operation; at least one.</summary>
    [JsonConverter(typeof(ValueListConverter<TeardownOrder>))]
    public required ValueList<TeardownOrder> Orders { get; init; }

    /// <summary>Whether only to tell what would be done.</summary>
    /// <value>Default: false.</value>
    public bool DryRun { get; init; }
}
