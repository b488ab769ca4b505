namespace Decnet.Fleet.Containers;

using System.Text.Json.Serialization;

/// <summary>A container of ours, as one listing of the engine shows it. Its identity comes from its labels, never from its name.</summary>
public sealed record ObservedContainer
{
    /// <summary>The engine's id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The name, without a leading slash.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The decky that the labels name; any text, since other tools set labels too.</summary>
    [JsonPropertyName("decky")]
    public required string DeckyName { get; init; }

    /// <summary>What it is to its decky.</summary>
    [JsonPropertyName("role")]
    public required ContainerRole Role { get; init; }

    /// <summary>The slug of its service; null for a base.</summary>
    [JsonPropertyName("service")]
    public string? ServiceName { get; init; }

    /// <summary>The host that the labels name; null when they name none.</summary>
    [JsonPropertyName("host")]
    public string? HostId { get; init; }

    /// <summary>The configuration hash that the labels carry; null when they carry none of ours.</summary>
    [JsonPropertyName("config_hash")]
    public string? ConfigHash { get; init; }

    /// <summary>The state.</summary>
    [JsonPropertyName("state")]
    public required ContainerState State { get; init; }

    /// <summary>The health.</summary>
    [JsonPropertyName("health")]
    public ContainerHealth Health { get; init; }

    /// <summary>The exit code of an ended container; null when unknown.</summary>
    [JsonPropertyName("exit_code")]
    public int? ExitCode { get; init; }

    /// <summary>The id of the container whose network namespace it joined; null when it has its own.</summary>
    [JsonPropertyName("network_container_id")]
    public string? NetworkContainerId { get; init; }

    /// <summary>
    /// Whether it runs and nobody reaches it, as far as the runtime can tell. A service: the network namespace that it joined has
    /// ended since, because its base was started anew without it; only a new start joins the base's present namespace. A base:
    /// somebody took it off <see cref="DecnetLabels.NetworkName"/>; only a new container has its address there again.
    /// </summary>
    /// <value>Default: false, also when the runtime cannot tell.</value>
    [JsonPropertyName("network_lost")]
    public bool NetworkLost { get; init; }
}
