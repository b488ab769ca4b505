namespace Decnet.Victim.Passing;

using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>Everything that passes work on, below one folder: fleet file, store and containers.</summary>
public sealed class PassFolder : IAsyncDisposable
{
    /// <summary>Passes that bring everything into the desired state, and do not wait before they try again.</summary>
    static readonly ReconcilerOptions Reconciling = new() { Backoff = new RepairBackoffOptions { FirstDelay = TimeSpan.Zero } };

    static readonly ReconcileOptions Everything = new() { Repair = RepairMode.Recreate, RemoveStrays = true };

    readonly Reconciler reconciler;

    PassFolder(StateFolder folder, SqliteStateStore store, TimeSpan callTime)
    {
        File = new FleetFile(folder.FleetFile, new FleetFileOptions { LockTimeout = TimeSpan.FromMinutes(2) });
        Store = store;
        Runtime = new SurvivingRuntime(Path.Combine(folder.Path, "containers"), callTime);
        reconciler = new Reconciler(File, Store, Runtime, Reconciling);
    }

    public FleetFile File { get; }

    public SqliteStateStore Store { get; }

    public SurvivingRuntime Runtime { get; }

    /// <summary>Opens the folder.</summary>
    /// <param name="path">The folder; it must exist.</param>
    /// <param name="callTime">How long the runtime takes for a change.</param>
    public static async Task<PassFolder> OpenAsync(string path, TimeSpan callTime)
    {
        var folder = new StateFolder(path);
        var options = new SqliteStateStoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) };
        return new PassFolder(folder, await SqliteStateStore.OpenAsync(folder.Database, options), callTime);
    }

    public Task<ReconcileResult> PassAsync() => reconciler.ReconcileAsync(Everything);

    public async ValueTask DisposeAsync()
    {
        reconciler.Dispose();
        Runtime.Dispose();
        await Store.DisposeAsync();
    }
}
