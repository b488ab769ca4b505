namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>Puts together what commands work with: the fleet file, the store and the container runtime of one host.</summary>
internal sealed class DaemonHost : IAsyncDisposable
{
    /// <summary>How often a worker looks for messages. It looks all its life, and ten looks a second are half of what it would cost.</summary>
    static readonly TimeSpan ServeInterval = TimeSpan.FromSeconds(1);

    readonly DaemonEnvironment environment;
    readonly ILoggerFactory logs;
    readonly Lazy<IContainerRuntime> runtime;
    readonly Lazy<FleetService> service;
    readonly Lazy<Reconciler> reconciler;

    DaemonHost(DaemonSettings settings, DaemonEnvironment environment, ILoggerFactory logs, IStateStore store, bool hasStore)
    {
        this.environment = environment;
        this.logs = logs;
        Settings = settings;
        Store = store;
        HasStore = hasStore;
        File = new FleetFile(settings.Folder.FleetFile, clock: environment.Clock, logger: logs.CreateLogger<FleetFile>());
        Work = new FileWorkLock(settings.Folder.WorkLock, environment.Clock);
        runtime = new Lazy<IContainerRuntime>(() => environment.Connect(settings.Variable, logs.CreateLogger("Docker")));
        service = new Lazy<FleetService>(MakeService);
        reconciler = new Lazy<Reconciler>(MakeReconciler);
    }

    internal DaemonSettings Settings { get; }

    internal FleetFile File { get; }

    internal IStateStore Store { get; }

    internal IEventLog Events => (IEventLog)Store;

    /// <summary>Whether there is a store on disk; when not, an empty one stands in.</summary>
    internal bool HasStore { get; }

    internal IWorkLock Work { get; }

    internal IContainerRuntime Runtime => runtime.Value;

    internal FleetService Service => service.Value;

    internal Reconciler Reconciler => reconciler.Value;

    internal HostId HostId => Settings.HostId;

    internal TimeProvider Clock => environment.Clock;

    internal ILogger<T> Logger<T>() => logs.CreateLogger<T>();

    /// <exception cref="StateStoreException">The store cannot be opened.</exception>
    internal static async Task<DaemonHost> OpenAsync(
        DaemonSettings settings, DaemonEnvironment environment, ILoggerFactory logs, StoreAccess access, CancellationToken cancellationToken)
    {
        var path = settings.Folder.Database;
        if (access == StoreAccess.Read && !System.IO.File.Exists(path))
        {
            return new DaemonHost(settings, environment, logs, new InMemoryStateStore(time: environment.Clock), hasStore: false);
        }

        var options = new SqliteStateStoreOptions { ReadOnly = access == StoreAccess.Read };
        options = access == StoreAccess.Serve ? options with { FollowInterval = ServeInterval } : options;
        var store = await SqliteStateStore.OpenAsync(path, options, environment.Clock, logs.CreateLogger("Store"), cancellationToken).ConfigureAwait(false);
        return new DaemonHost(settings, environment, logs, store, hasStore: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (service.IsValueCreated)
        {
            await service.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (reconciler.IsValueCreated)
        {
            reconciler.Value.Dispose();
        }

        await Store.DisposeAsync().ConfigureAwait(false);
        if (runtime is { IsValueCreated: true, Value: IAsyncDisposable connection })
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    FleetService MakeService() =>
        new(
            File,
            Store,
            Runtime,
            Work,
            new FleetServiceOptions { HostId = HostId, DecoyImage = DecoyImage(), LockWait = environment.LockWait },
            Clock,
            logger: Logger<FleetService>());

    Reconciler MakeReconciler() =>
        new(File, Store, Runtime, new ReconcilerOptions { HostId = HostId, DecoyImage = DecoyImage() }, Clock, logger: Logger<Reconciler>(), work: Work);

    string DecoyImage() => DockerEnvironment.DecoyImage(Settings.Variable) ?? DeckyComposer.DefaultDecoyImage;
}
