namespace Decnet.Fleet.Lifecycle;

/// <summary>How containers are replaced.</summary>
public sealed record ContainerApplierOptions
{
    /// <summary>How long a container may take to stop before it is killed.</summary>
    /// <value>Default: 2 seconds; decoys keep nothing that would need longer.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many containers of one decky are made, started or stopped at the same time, at least 1.</summary>
    /// <value>Default: 4.</value>
    public int Parallelism { get; init; } = 4;
}
