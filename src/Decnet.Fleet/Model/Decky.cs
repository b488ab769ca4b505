namespace Decnet.Fleet.Model;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>
/// The desired configuration of one decoy host, complete: nothing about it is decided later. The JSON names are those of
/// the fleet file (DESIGN section 3).
/// </summary>
public sealed record Decky
{
    /// <summary>The name, unique within its fleet and host.</summary>
    [JsonPropertyName("name")]
    public required DeckyName Name { get; init; }

    /// <summary>The IPv4 address on the LAN.</summary>
    [JsonPropertyName("ip"), JsonConverter(typeof(IPAddressConverter))]
    public required IPAddress IPAddress { get; init; }

    /// <summary>The slugs of the services, without repetition, at least one; their order is kept.</summary>
    [JsonPropertyName("services"), JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Services { get; init; }

    /// <summary>The slug of the distribution of the base container.</summary>
    [JsonPropertyName("distro")]
    public required string Distro { get; init; }

    /// <summary>The image of the base container, with its digest when the catalog knows one.</summary>
    [JsonPropertyName("base_image")]
    public required string BaseImage { get; init; }

    /// <summary>The image that service images are built on.</summary>
    [JsonPropertyName("build_base")]
    public required string BuildBase { get; init; }

    /// <summary>The host name that the decky shows.</summary>
    [JsonPropertyName("hostname")]
    public required string Hostname { get; init; }

    /// <summary>The slug of the archetype it was made from.</summary>
    /// <value>Default: null.</value>
    [JsonPropertyName("archetype")]
    public string? Archetype { get; init; }

    /// <summary>Validated settings by service slug.</summary>
    /// <value>Default: none.</value>
    [JsonPropertyName("service_config"), JsonConverter(typeof(ValueMapConverter<ValueMap<SettingValue>>))]
    public ValueMap<ValueMap<SettingValue>> ServiceConfig { get; init => field = value ?? ValueMap<ValueMap<SettingValue>>.Empty; } = ValueMap<ValueMap<SettingValue>>.Empty;

    /// <summary>The OS family whose TCP/IP stack the decky shows.</summary>
    /// <value>Default: <c>linux</c>.</value>
    [JsonPropertyName("nmap_os")]
    public string NmapOs { get; init => field = value ?? "linux"; } = "linux";

    /// <summary>The address of its network interface, with a vendor prefix that fits the persona.</summary>
    /// <value>Default: null, the engine chooses; so it is for fleets of the Python system.</value>
    [JsonPropertyName("mac_address")]
    public MacAddress? MacAddress { get; init; }

    /// <summary>How often its services rotate; in files, whole minutes.</summary>
    /// <value>Default: null, never, whatever the interval of the fleet is.</value>
    [JsonPropertyName("mutate_interval"), JsonConverter(typeof(MinutesConverter))]
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>When its services last rotated, or when it was built; in files, seconds since 1970.</summary>
    /// <value>Default: null, never.</value>
    [JsonPropertyName("last_mutated"), JsonConverter(typeof(EpochSecondsConverter))]
    public DateTimeOffset? LastMutated { get; init; }

    /// <summary>When somebody last tried to log in; in files, seconds since 1970.</summary>
    /// <value>Default: null, never.</value>
    [JsonPropertyName("last_login_attempt"), JsonConverter(typeof(EpochSecondsConverter))]
    public DateTimeOffset? LastLoginAttempt { get; init; }

    /// <summary>The host that runs it.</summary>
    /// <value>Default: null, the host whose fleet file names it.</value>
    [JsonPropertyName("host_uuid")]
    public HostId? HostId { get; init; }

    /// <summary>The host that runs it, given who reads the fleet file.</summary>
    /// <param name="self">The host of the reader.</param>
    /// <returns>The effective host.</returns>
    public HostId EffectiveHost(HostId self) => HostId ?? self;
}
