namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;

/// <summary>A container of the simulated engine. Only <see cref="InMemoryEngine"/> changes it, under the runtime's lock.</summary>
internal sealed class EngineContainer
{
    internal required ObservedContainer Observed { get; set; }

    internal ContainerSpec? Spec { get; init; }

    internal required DateTimeOffset CreatedAt { get; init; }

    internal int Starts { get; set; }

    /// <summary>The start of the base whose network namespace a service joined; the own start for a base.</summary>
    internal int NamespaceStart { get; set; }

    /// <summary>What it wrote in its last run.</summary>
    internal string Log { get; set; } = "";

    internal string Id => Observed.Id;

    internal string Name => Observed.Name;

    internal bool IsRunning => Observed.State is ContainerState.Running or ContainerState.Paused;

    internal void Enter(ContainerState state, int? exitCode = null) => Observed = Observed with
    {
        State = state,
        ExitCode = exitCode,
        Health = state == ContainerState.Running ? Observed.Health : ContainerHealth.None,
    };
}
