namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>Whether a fleet runs on one host or on many.</summary>
[JsonConverter(typeof(TokenConverter<FleetMode>))]
public enum FleetMode
{
    /// <summary>All deckies run on this host.</summary>
    Unihost,

    /// <summary>Deckies may name other hosts.</summary>
    Swarm,
}
