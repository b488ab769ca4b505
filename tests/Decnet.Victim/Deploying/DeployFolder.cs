namespace Decnet.Victim.Deploying;

using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>The fleet file and the store in one folder, with the containers of a real engine.</summary>
public sealed class DeployFolder : IAsyncDisposable
{
    /// <summary>Passes that bring everything into the desired state, and do not wait before they try again.</summary>
    static readonly ReconcilerOptions Reconciling = new() { Backoff = new RepairBackoffOptions { FirstDelay = TimeSpan.Zero } };

    static readonly ReconcileOptions Everything = new() { Repair = RepairMode.Recreate, RemoveStrays = true };

    readonly Reconciler reconciler;

    DeployFolder(StateFolder folder, SqliteStateStore store, DockerEndpoint endpoint)
    {
        File = new FleetFile(folder.FleetFile, new FleetFileOptions { LockTimeout = TimeSpan.FromMinutes(2) });
        Store = store;
        Runtime = DockerContainerRuntime.Connect(new DockerRuntimeOptions { Endpoint = endpoint, ImagePolicy = ImagePolicy.Tag });
        reconciler = new Reconciler(File, Store, Runtime, Reconciling);
    }

    public FleetFile File { get; }

    public SqliteStateStore Store { get; }

    public DockerContainerRuntime Runtime { get; }

    /// <summary>Opens the folder.</summary>
    /// <param name="path">The folder; it must exist.</param>
    /// <param name="endpoint">The engine, as <c>DOCKER_HOST</c> has it.</param>
    public static async Task<DeployFolder> OpenAsync(string path, string endpoint)
    {
        var folder = new StateFolder(path);
        var options = new SqliteStateStoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) };
        return new DeployFolder(folder, await SqliteStateStore.OpenAsync(folder.Database, options), DockerEndpoint.Parse(endpoint));
    }

    public Task<ReconcileResult> PassAsync() => reconciler.ReconcileAsync(Everything);

    public async ValueTask DisposeAsync()
    {
        reconciler.Dispose();
        await Runtime.DisposeAsync();
        await Store.DisposeAsync();
    }
}
