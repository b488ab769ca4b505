namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;

/// <summary>A container of an <see cref="InMemoryContainerRuntime"/> at one point in time, with more than an engine's listing shows.</summary>
public sealed record InMemoryContainer
{
    /// <summary>What an observation shows of it.</summary>
    public required ObservedContainer Observed { get; init; }

    /// <summary>What it was made from; null for one that was put there with <see cref="InMemoryContainerRuntime.AddForeign"/>.</summary>
    public ContainerSpec? Spec { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was started.</summary>
    public required int Starts { get; init; }

    /// <summary>
    /// Whether it runs and the LAN can reach it. A service that runs while its base is stopped, was removed, or was restarted
    /// after it is not reachable: its network namespace is gone, and only a new start joins the present one.
    /// </summary>
    public required bool IsReachable { get; init; }
}
