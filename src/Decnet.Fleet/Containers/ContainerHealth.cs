namespace Decnet.Fleet.Containers;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What a container's health check says.</summary>
[JsonConverter(typeof(TokenConverter<ContainerHealth>))]
public enum ContainerHealth
{
    /// <summary>It has no check, or the engine does not report it.</summary>
    None,

    /// <summary>Too early to say.</summary>
    Starting,

    /// <summary>Well.</summary>
    Healthy,

    /// <summary>Not well.</summary>
    Unhealthy,
}
