namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;

/// <summary>How a <see cref="Reconciler"/> works.</summary>
public sealed record ReconcilerOptions
{
    /// <summary>The host whose deckies it looks after.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>The image that stands in for services without an image of their own, as <see cref="DeckyComposer"/> takes it.</summary>
    /// <value>Default: <see cref="DeckyComposer.DefaultDecoyImage"/>.</value>
    public string DecoyImage { get; init; } = DeckyComposer.DefaultDecoyImage;

    /// <summary>How many deckies are repaired at the same time, at least 1.</summary>
    /// <value>Default: 4.</value>
    public int RepairParallelism { get; init; } = 4;

    /// <summary>How long to wait between repairs of the same decky.</summary>
    public RepairBackoffOptions Backoff { get; init; } = new();

    /// <summary>How containers are replaced.</summary>
    public ContainerApplierOptions Applier { get; init; } = new();
}
