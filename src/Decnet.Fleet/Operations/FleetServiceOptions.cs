namespace Decnet.Fleet.Operations;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;

/// <summary>How a <see cref="FleetService"/> works.</summary>
public sealed record FleetServiceOptions
{
    /// <summary>The host whose deckies it makes.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>
    /// Tells which addresses of a network are this host's own: deploying a decky of this host with one of them is an error. It is not asked
    /// for a <see cref="NetworkDriver.Bridge"/>, which is a network of its own.
    /// </summary>
    /// <value>Default: none are known.</value>
    public Func<IPNetwork, CancellationToken, Task<ValueList<IPAddress>>> OwnAddresses { get; init; } = static (_, _) => Task.FromResult<ValueList<IPAddress>>([]);

    /// <summary>The image that stands in for services without an image of their own, as <see cref="DeckyComposer"/> takes it.</summary>
    /// <value>Default: <see cref="DeckyComposer.DefaultDecoyImage"/>.</value>
    public string DecoyImage { get; init; } = DeckyComposer.DefaultDecoyImage;

    /// <summary>How many deckies are worked on at the same time, at least 1.</summary>
    /// <value>Default: 4.</value>
    public int Parallelism { get; init; } = 4;

    /// <summary>How containers are replaced.</summary>
    public ContainerApplierOptions Applier { get; init; } = new();

    /// <summary>How long to wait for others who work on the fleet.</summary>
    /// <value>Default: 30 seconds. At least zero, which tries once.</value>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an operation may take, by kind, before it counts as abandoned.</summary>
    public OperationDeadlines Deadlines { get; init; } = new();

    /// <summary>How what fails in passing, such as an engine that is restarting, is tried again.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>How long new containers must have run before an operation counts as succeeded.</summary>
    /// <value>Default: 30 milliseconds. At least zero.</value>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How many of the last log lines of a container that died go into the error of its operation.</summary>
    /// <value>Default: 10. At least zero, which leaves them out.</value>
    public int LogLines { get; init; } = 10;

    /// <summary>How many deckies of a fleet may change their services at the same time.</summary>
    /// <value>Default: <see cref="ExposureBudget.Default"/>.</value>
    public ExposureBudget Exposure { get; init; } = ExposureBudget.Default;

    /// <summary>The ways to work on deckies that this host does not run itself; asked before the local ones.</summary>
    public PlacementStrategies Strategies { get; init; } = new();

    /// <summary>How work is started that goes on when the call that began it has returned.</summary>
    internal Func<Func<Task<FleetWorkResult>>, Task<FleetWorkResult>> Start { get; init; } = work => Task.Run(work, CancellationToken.None);

    internal void Validate()
    {
        DeckyComposer.Checked(DecoyImage, nameof(DecoyImage));
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1, nameof(Parallelism));
        ArgumentOutOfRangeException.ThrowIfLessThan(Applier.Parallelism, 1, nameof(Applier));
        ArgumentOutOfRangeException.ThrowIfLessThan(LockWait, TimeSpan.Zero, nameof(LockWait));
        ArgumentOutOfRangeException.ThrowIfLessThan(Settle, TimeSpan.Zero, nameof(Settle));
        ArgumentOutOfRangeException.ThrowIfNegative(LogLines, nameof(LogLines));
        Deadlines.Validate();
        Retry.Validate();
    }
}
