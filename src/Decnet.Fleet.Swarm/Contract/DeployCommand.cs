namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /deploy</c>: deckies that a host shall run beside those that it has.</summary>
public sealed record DeployCommand
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The deckies, each with its operation; at least one.</summary>
    [JsonConverter(typeof(ValueListConverter<DeployOrder>))]
    public required ValueList<DeployOrder> Orders { get; init; }

    /// <summary>The network of the fleet at the master.</summary>
    public required SwarmNetwork Network { get; init; }

    /// <summary>What the fleet adds to the built-in catalog.</summary>
    /// <value>Default: null, nothing.</value>
    public CatalogOverlay? Catalog { get; init; }

    /// <summary>Whether only to tell what would be done.</summary>
    /// <value>Default: false.</value>
    public bool DryRun { get; init; }
}
