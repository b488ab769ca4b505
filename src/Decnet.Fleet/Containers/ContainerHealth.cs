namespace Decnet.Fleet.Containers;

/// <summary>What a container's health check says.</summary>
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
