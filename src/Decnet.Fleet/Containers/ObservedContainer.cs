namespace Decnet.Fleet.Containers;

/// <summary>A container of ours, as one listing of the engine shows it. Its identity comes from its labels, never from its name.</summary>
public sealed record ObservedContainer
{
    /// <summary>The engine's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without a leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The decky that the labels name; any text, since other tools set labels too.</summary>
    public required string DeckyName { get; init; }

    /// <summary>What it is to its decky.</summary>
    public required ContainerRole Role { get; init; }

    /// <summary>The slug of its service; null for a base.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The host that the labels name; null when they name none.</summary>
    public string? HostId { get; init; }

    /// <summary>The configuration hash that the labels carry; null when they carry none of ours.</summary>
    public string? ConfigHash { get; init; }

    /// <summary>The state.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The health.</summary>
    public ContainerHealth Health { get; init; }

    /// <summary>The exit code of an ended container; null when unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The id of the container whose network namespace it joined; null when it has its own.</summary>
    public string? NetworkContainerId { get; init; }
}
