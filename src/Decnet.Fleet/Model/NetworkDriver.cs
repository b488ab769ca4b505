namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>How deckies are attached to the network.</summary>
[JsonConverter(typeof(TokenConverter<NetworkDriver>))]
public enum NetworkDriver
{
    /// <summary>Each decky has a MAC address of its own on the LAN.</summary>
    Macvlan,

    /// <summary>Deckies share the MAC address of the parent interface; for parents that carry one address only, such as Wi-Fi.</summary>
    Ipvlan,

    /// <summary>A network inside the host; for labs and pipelines.</summary>
    Bridge,
}
