namespace Decnet.Fleet.Model;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>The desired configuration of a fleet. The JSON names are those of the fleet file (DESIGN section 3).</summary>
public sealed record Fleet
{
    /// <summary>The interval of rotation that a file of the Python system means when it does not say: 30 minutes.</summary>
    public static readonly TimeSpan PythonMutateInterval = TimeSpan.FromMinutes(30);

    /// <summary>Whether the fleet runs on one host or on many.</summary>
    /// <value>Default: <see cref="FleetMode.Unihost"/>.</value>
    [JsonPropertyName("mode")]
    public FleetMode Mode { get; init; }

    /// <summary>The host's network interface that deckies are attached to.</summary>
    /// <value>Default: null, to be detected on the host; unused with <see cref="NetworkDriver.Bridge"/>.</value>
    [JsonPropertyName("interface")]
    public string? Interface { get; init; }

    /// <summary>The IPv4 network of the LAN.</summary>
    [JsonPropertyName("subnet"), JsonConverter(typeof(IPNetworkConverter))]
    public required IPNetwork Subnet { get; init; }

    /// <summary>The gateway of the LAN.</summary>
    [JsonPropertyName("gateway"), JsonConverter(typeof(IPAddressConverter))]
    public required IPAddress Gateway { get; init; }

    /// <summary>How deckies are attached to the network.</summary>
    /// <value>Default: <see cref="NetworkDriver.Macvlan"/>.</value>
    [JsonPropertyName("driver")]
    public NetworkDriver Driver { get; init; }

    /// <summary>The deckies. None is a valid value: it says that the fleet is empty on purpose.</summary>
    [JsonPropertyName("deckies"), JsonConverter(typeof(ValueListConverter<Decky>))]
    public required ValueList<Decky> Deckies { get; init; }

    /// <summary>Where the Python system collects its log; kept, not used.</summary>
    /// <value>Default: null.</value>
    [JsonPropertyName("log_file")]
    public string? LogFile { get; init; }

    /// <summary>
    /// The interval of rotation that builders give to deckies whose description has none; in files, whole minutes. It
    /// rotates nothing by itself: <see cref="Decky.MutateInterval"/> alone decides.
    /// </summary>
    /// <value>Default: null, none.</value>
    [JsonPropertyName("mutate_interval"), JsonConverter(typeof(MinutesConverter))]
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>What this fleet adds to, or overrides in, the built-in catalog.</summary>
    /// <value>Default: null, nothing.</value>
    [JsonPropertyName("catalog")]
    public CatalogOverlay? Catalog { get; init; }

    /// <summary>Finds a decky by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The decky, or null.</returns>
    public Decky? Find(DeckyName name)
    {
        foreach (var decky in Deckies)
        {
            if (decky.Name == name)
            {
                return decky;
            }
        }

        return null;
    }
}
