namespace Decnet.Fleet.Hosting;

using System.Collections.Concurrent;
using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary>
/// The fleet of one host, with everything that works on it: fleet file, store, container runtime, service and reconciler. What is
/// not used is not made: the engine is first asked by what needs it.
/// </summary>
public sealed class LocalFleet : IAsyncDisposable
{
    /// <summary>How often one who serves looks for messages. It looks all its life, and ten looks a second are half of what it would cost.</summary>
    static readonly TimeSpan ServeInterval = TimeSpan.FromSeconds(1);

    static readonly int DefaultParallelism = new FleetServiceOptions().Parallelism;

    readonly Lazy<IContainerRuntime> runtime;
    readonly ConcurrentDictionary<(int Parallelism, bool IsMaster), Lazy<FleetService>> services = new();
    readonly Lazy<Reconciler> reconciler;
    MasterFleet? master;

    LocalFleet(LocalFleetOptions options, IStateStore store, bool hasStore)
    {
        Options = options;
        Store = store;
        HasStore = hasStore;
        File = new FleetFile(options.Folder.FleetFile, clock: options.Clock, logger: Logger<FleetFile>());
        Work = new FileWorkLock(options.Folder.WorkLock, options.Clock);
        runtime = new Lazy<IContainerRuntime>(Connect);
        reconciler = new Lazy<Reconciler>(MakeReconciler);
    }

    /// <summary>What it was opened with.</summary>
    public LocalFleetOptions Options { get; }

    /// <summary>The desired state.</summary>
    public FleetFile File { get; }

    /// <summary>The rows, operations, workers and hosts.</summary>
    public IStateStore Store { get; }

    /// <summary>The event log, which is part of the store.</summary>
    public IEventLog Events => (IEventLog)Store;

    /// <summary>Whether there is a store on disk; when not, an empty one stands in, and what is written to it is lost.</summary>
    public bool HasStore { get; }

    /// <summary>Who may change containers.</summary>
    public IWorkLock Work { get; }

    /// <summary>The containers.</summary>
    public IContainerRuntime Runtime => runtime.Value;

    /// <summary>What deploys, mutates, tears down and looks.</summary>
    public FleetService Service => ServiceOf(DefaultParallelism);

    /// <summary>What brings rows, and on request containers, in line with the fleet file.</summary>
    public Reconciler Reconciler => reconciler.Value;

    /// <summary>
    /// What makes it the fleet of a master, so that deckies of other hosts are worked on too; null when the state folder is not that of
    /// one. It is looked for until it is there, since another process may make it.
    /// </summary>
    public MasterFleet? Master => master is null && MasterFleet.IsIn(Options.Folder)
        ? Interlocked.CompareExchange(ref master, new MasterFleet(this), null) ?? master
        : master;

    /// <summary>The host whose deckies are worked on.</summary>
    public HostId HostId => Options.HostId;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Options.Clock;

    /// <summary>Opens the fleet of a host.</summary>
    /// <param name="options">Where its parts come from.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="StateStoreException">The store cannot be opened.</exception>
    public static async Task<LocalFleet> OpenAsync(LocalFleetOptions options, StoreAccess access, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = options.Folder.Database;
        var settings = new SqliteStateStoreOptions { ReadOnly = access == StoreAccess.Read };
        settings = access == StoreAccess.Serve ? settings with { FollowInterval = ServeInterval } : settings;
        try
        {
            var store = await SqliteStateStore.OpenAsync(path, settings, options.Clock, options.Logs.CreateLogger("Store"), cancellationToken).ConfigureAwait(false);
            return new LocalFleet(options, store, hasStore: true);
        }
        catch (StateStoreException error) when (access == StoreAccess.Read && error.Error == StateStoreError.Missing)
        {
            return new LocalFleet(options, new InMemoryStateStore(time: options.Clock), hasStore: false);
        }
    }

    /// <summary>Tells which addresses of a network the host knows to be taken.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The addresses.</returns>
    public Task<TakenAddresses> ReadTakenAsync(IPNetwork network, CancellationToken cancellationToken = default) =>
        Options.Taken is { } taken ? taken(network, cancellationToken)
        : Options.Connect is null ? TakenAddresses.ReadAsync(network, cancellationToken)
        : Task.FromResult(TakenAddresses.None);

    /// <summary>As <see cref="Service"/>, with another number of deckies that are worked on at the same time.</summary>
    /// <param name="parallelism">How many, at least 1.</param>
    /// <returns>The service, which belongs to the fleet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public FleetService ServiceOf(int parallelism)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var other = Options.Strategies is null ? Master : null;
        return services.GetOrAdd((parallelism, other is not null), _ => new Lazy<FleetService>(() => MakeService(parallelism, other))).Value;
    }

    /// <summary>Makes the fleet that of a master: authority, revocation list and the master's certificate, as far as they are not there.</summary>
    /// <param name="names">Addresses and host names of the master, for its certificate when it is made.</param>
    /// <param name="cancellationToken">Ends the wait for others who do the same.</param>
    /// <returns>The master.</returns>
    /// <exception cref="DecnetException">A file is wrong or cannot be written, or a name is neither an address nor a host name.</exception>
    public async Task<MasterFleet> BecomeMasterAsync(IReadOnlyList<string> names, CancellationToken cancellationToken = default)
    {
        await MasterPki.OpenAsync(PkiFolder.Of(Options.Folder), [.. names], Clock, logger: Options.Logs.CreateLogger("Pki"), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Master ?? throw new DecnetException($"The authority of the fleet was made in '{Options.Folder.Path}', but cannot be seen there. Look after the permissions of the folder.");
    }

    /// <summary>What ends the operations whose process has gone, beside a worker.</summary>
    /// <returns>The companion.</returns>
    public OperationSweeper MakeSweeper() => new(Store, Work, HostId, clock: Clock, logger: Logger<OperationSweeper>());

    /// <summary>What rotates services when it is time, beside a worker.</summary>
    /// <returns>The companion.</returns>
    public Mutator MakeMutator() => new(Service, File, Store, HostId, clock: Clock, logger: Logger<Mutator>());

    /// <summary>A worker that keeps the fleet as it should be.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="logger">Where it logs; null for where the other parts do.</param>
    /// <returns>The worker.</returns>
    public ReconcilerWorker MakeWorker(ReconcilerWorkerOptions options, ILogger<ReconcilerWorker>? logger = null) =>
        new(Reconciler, File, Runtime, Store, Events, HostId, options, Clock, logger: logger ?? Logger<ReconcilerWorker>());

    /// <summary>Reads fleet file, store and containers of the host, as a pass does, and changes nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What there is.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<FleetSnapshot> LookAsync(CancellationToken cancellationToken = default)
    {
        // In the order of a pass: what somebody makes meanwhile for a newer fleet never meets an older one.
        var recorded = await Store.ReadAsync(HostId, cancellationToken).ConfigureAwait(false);
        var observed = await Runtime.ObserveAsync(cancellationToken).ConfigureAwait(false);
        var desired = await File.LoadAsync(cancellationToken).ConfigureAwait(false);
        return FleetSnapshot.Create(HostId, desired, recorded, observed, Clock.GetUtcNow(), decoyImage: DecoyImage());
    }

    /// <summary>Ends the work under way, and closes store and runtime.</summary>
    /// <returns>A task that ends when all is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values.Where(made => made.IsValueCreated))
        {
            await service.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (reconciler.IsValueCreated)
        {
            reconciler.Value.Dispose();
        }

        master?.Close();
        await Store.DisposeAsync().ConfigureAwait(false);
        if (runtime is { IsValueCreated: true, Value: IAsyncDisposable connection })
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    ILogger<T> Logger<T>() => Options.Logs.CreateLogger<T>();

    IContainerRuntime Connect()
    {
        var logger = Options.Logs.CreateLogger("Docker");
        return Options.Connect is { } connect ? connect(logger) : DockerContainerRuntime.FromEnvironment(environment: Options.Variable, logger: logger);
    }

    FleetService MakeService(int parallelism, MasterFleet? other) =>
        new(
            File,
            Store,
            Runtime,
            Work,
            new FleetServiceOptions
            {
                HostId = HostId,
                DecoyImage = DecoyImage(),
                LockWait = Options.LockWait,
                Parallelism = parallelism,
                OwnAddresses = async (network, token) => (await ReadTakenAsync(network, token).ConfigureAwait(false)).Own,
                Strategies = Options.Strategies?.Invoke(this) ?? other?.MakeStrategies() ?? new PlacementStrategies(),
            },
            Clock,
            logger: Logger<FleetService>());

    Reconciler MakeReconciler() =>
        new(File, Store, Runtime, new ReconcilerOptions { HostId = HostId, DecoyImage = DecoyImage() }, Clock, logger: Logger<Reconciler>(), work: Work);

    string DecoyImage() => DockerEnvironment.DecoyImage(Options.Variable) ?? DeckyComposer.DefaultDecoyImage;
}
