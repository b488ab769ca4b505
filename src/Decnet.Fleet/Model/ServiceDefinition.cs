namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>A honeypot service: what it opens, how it is configured, and how its container is made.</summary>
public sealed record ServiceDefinition
{
    /// <summary>The identifier: 1 to 40 lower-case letters, digits and underscores, such as <c>docker_api</c>.</summary>
    [JsonPropertyName("slug")]
    public required string Slug { get; init; }

    /// <summary>The name for people.</summary>
    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    /// <summary>The ports that are really opened.</summary>
    [JsonPropertyName("ports"), JsonConverter(typeof(ValueListConverter<ServicePort>))]
    public ValueList<ServicePort> Ports { get; init => field = value ?? []; } = [];

    /// <summary>Ports that are opened when a multi-choice field holds a value.</summary>
    /// <value>Default: none.</value>
    [JsonPropertyName("conditional_ports"), JsonConverter(typeof(ValueListConverter<ConditionalPort>))]
    public ValueList<ConditionalPort> ConditionalPorts { get; init => field = value ?? []; } = [];

    /// <summary>Whether one instance serves the whole fleet, so that no decky has a container for it.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("fleet_singleton")]
    public bool FleetSingleton { get; init; }

    /// <summary>The configuration fields.</summary>
    [JsonPropertyName("config_fields"), JsonConverter(typeof(ValueListConverter<ConfigField>))]
    public ValueList<ConfigField> ConfigFields { get; init => field = value ?? []; } = [];

    /// <summary>The image of its container.</summary>
    /// <value>Default: null, it has none of its own yet.</value>
    [JsonPropertyName("image")]
    public string? Image { get; init; }

    /// <summary>The command of its container, a word an element.</summary>
    /// <value>Default: none, the image's own.</value>
    [JsonPropertyName("command"), JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>Environment variables with fixed values.</summary>
    [JsonPropertyName("environment"), JsonConverter(typeof(ValueMapConverter<string>))]
    public ValueMap<string> Environment { get; init => field = value ?? ValueMap<string>.Empty; } = ValueMap<string>.Empty;

    /// <summary>Environment variables that take their value from the configuration.</summary>
    [JsonPropertyName("bindings"), JsonConverter(typeof(ValueListConverter<EnvironmentBinding>))]
    public ValueList<EnvironmentBinding> Bindings { get; init => field = value ?? []; } = [];

    /// <summary>Folders of the host that the container sees.</summary>
    [JsonPropertyName("volumes"), JsonConverter(typeof(ValueListConverter<ServiceVolume>))]
    public ValueList<ServiceVolume> Volumes { get; init => field = value ?? []; } = [];

    /// <summary>Linux capabilities that the container needs, without the prefix <c>CAP_</c>.</summary>
    [JsonPropertyName("capabilities"), JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Capabilities { get; init => field = value ?? []; } = [];

    /// <summary>In a user's catalog: that the entry replaces a built-in one of the same slug on purpose.</summary>
    /// <value>Default: false.</value>
    [JsonPropertyName("override")]
    public bool Override { get; init; }
}
