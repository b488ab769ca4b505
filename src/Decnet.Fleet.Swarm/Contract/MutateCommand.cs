namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /mutate</c>: deckies of the host that shall have other services.</summary>
public sealed record MutateCommand
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The deckies, each with its operation; at least one.</summary>
    [JsonConverter(typeof(ValueListConverter<MutateOrder>))]
    public required ValueList<MutateOrder> Orders { get; init; }

    /// <summary>Whether only to tell what would be done.</summary>
    /// <value>Default: false.</value>
    public bool DryRun { get; init; }
}
