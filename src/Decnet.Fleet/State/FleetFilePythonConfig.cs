namespace Decnet.Fleet.State;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The configuration in a file of the Python system, without the deckies. It ignores unknown keys.</summary>
internal sealed record FleetFilePythonConfig
{
    [JsonPropertyName("mode")]
    public required FleetMode Mode { get; init; }

    [JsonPropertyName("interface")]
    public required string Interface { get; init; }

    [JsonPropertyName("subnet"), JsonConverter(typeof(IPNetworkConverter))]
    public required IPNetwork Subnet { get; init; }

    [JsonPropertyName("gateway"), JsonConverter(typeof(IPAddressConverter))]
    public required IPAddress Gateway { get; init; }

    [JsonPropertyName("log_file")]
    public string? LogFile { get; init; }

    [JsonPropertyName("ipvlan")]
    public bool Ipvlan { get; init; }

    /// <summary>Set rather than init: generated readers put null into init properties whose key is missing.</summary>
    [JsonPropertyName("mutate_interval")]
    public int? MutateInterval { get; set; } = (int)Fleet.PythonMutateInterval.TotalMinutes;
}
