namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>Puts together what commands work with: the fleet file, the store and the container runtime of one host.</summary>
internal sealed class DaemonHost : IAsyncDisposable
{
    readonly DaemonEnvironment environment;
    readonly ILoggerFactory logs;
    readonly Lazy<IContainerRuntime> runtime;

    DaemonHost(DaemonSettings settings, DaemonEnvironment environment, ILoggerFactory logs, IStateStore store, bool hasStore)
    {
        this.environment = environment;
        this.logs = logs;
        Settings = settings;
        Store = store;
        HasStore = hasStore;
        File = new FleetFile(settings.Folder.FleetFile, clock: environment.Clock, logger: logs.CreateLogger<FleetFile>());
        runtime = new Lazy<IContainerRuntime>(() => environment.Connect(settings.Variable, logs.CreateLogger("Docker")));
    }

    internal DaemonSettings Settings { get; }

    internal FleetFile File { get; }

    internal IStateStore Store { get; }

    internal IEventLog Events => (IEventLog)Store;

    /// <summary>Whether there is a store on disk; when not, an empty one stands in.</summary>
    internal bool HasStore { get; }

    internal IContainerRuntime Runtime => runtime.Value;

    internal HostId HostId => Settings.HostId;

    internal TimeProvider Clock => environment.Clock;

    internal ILogger<T> Logger<T>() => logs.CreateLogger<T>();

    internal string DecoyImage => DockerEnvironment.DecoyImage(Settings.Variable) ?? DeckyComposer.DefaultDecoyImage;

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
        var store = await SqliteStateStore.OpenAsync(path, options, environment.Clock, logs.CreateLogger("Store"), cancellationToken).ConfigureAwait(false);
        return new DaemonHost(settings, environment, logs, store, hasStore: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        if (runtime is { IsValueCreated: true, Value: IAsyncDisposable connection })
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
