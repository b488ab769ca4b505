namespace Decnet.Fleet.Swarm.Contract;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The network of the fleet as the master knows it. A host whose own network differs gives its deckies other addresses.</summary>
public sealed record SwarmNetwork
{
    /// <summary>The IPv4 network.</summary>
    [JsonConverter(typeof(IPNetworkConverter))]
    public required IPNetwork Subnet { get; init; }

    /// <summary>The gateway.</summary>
    [JsonConverter(typeof(IPAddressConverter))]
    public required IPAddress Gateway { get; init; }

    /// <summary>How deckies are attached.</summary>
    public required NetworkDriver Driver { get; init; }
}
