namespace Decnet.Engine.Tests.Endurance;

using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Transport;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

/// <summary>A fleet on a real engine, everything that passes need, and a worker that only wakes for signals.</summary>
sealed class LongRun : IAsyncDisposable
{
    static readonly ReconcileOptions Everything = new() { Repair = RepairMode.Recreate };

    readonly TemporaryFolder folder;
    readonly CancellationTokenSource ending = new();
    readonly Reconciler reconciler;
    Task working = Task.CompletedTask;

    LongRun(SqliteStateStore store, DockerEndpoint endpoint, TimeProvider watchClock, TemporaryFolder folder)
    {
        this.folder = folder;
        Store = store;
        File = new FleetFile(new StateFolder(folder.Path).FleetFile);
        Requests = new CountedRequests(EngineTransport.Create(endpoint, new TransportOptions(), TimeProvider.System));
        var client = new EngineClient(new EngineConnection(endpoint, Requests, new EngineTimeouts(), null, TimeProvider.System));
        Runtime = new DockerContainerRuntime(
            client, new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Tag }, null, NullLogger.Instance, watchClock, () => new Random(1));
        reconciler = new Reconciler(File, store, Runtime);
    }

    public SqliteStateStore Store { get; }

    public FleetFile File { get; }

    public CountedRequests Requests { get; }

    public DockerContainerRuntime Runtime { get; }

    /// <summary>How many passes the worker has made, each for a signal but the first.</summary>
    public PassCounter WorkerPasses { get; } = new();

    /// <summary>Brings a fleet up, and lets a worker watch it.</summary>
    /// <param name="endpoint">The engine, as <c>DOCKER_HOST</c> has it.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="watchClock">Measures the waits of the watch; null for the system's clock.</param>
    public static async Task<LongRun> StartAsync(string endpoint, Fleet fleet, TimeProvider? watchClock = null)
    {
        var folder = new TemporaryFolder();
        var store = await SqliteStateStore.OpenAsync(new StateFolder(folder.Path).Database);
        var run = new LongRun(store, DockerEndpoint.Parse(endpoint), watchClock ?? TimeProvider.System, folder);
        await run.File.SaveAsync(fleet);
        Assert.Equal(fleet.Deckies.Count, (await run.PassAsync()).Repaired);
        var worker = new ReconcilerWorker(
            run.reconciler,
            run.File,
            run.Runtime,
            store,
            store,
            HostId.Local,
            new ReconcilerWorkerOptions
            {
                Pass = Everything,
                Interval = TimeSpan.FromDays(1),
                BeatInterval = TimeSpan.FromDays(1),
                Debounce = TimeSpan.FromMilliseconds(20),
                Settle = TimeSpan.FromMilliseconds(1),
                Passes = run.WorkerPasses,
            });
        run.working = worker.RunAsync(run.ending.Token);
        await Eventually.TrueAsync(() => Task.FromResult(run.WorkerPasses.Count > 0 && run.Requests.Watches == 1));
        await run.QuietAsync();
        return run;
    }

    public Task<ReconcileResult> PassAsync() => reconciler.ReconcileAsync(Everything);

    /// <summary>Waits until no signal has made the worker pass for a while.</summary>
    public Task QuietAsync()
    {
        var passes = -1;
        return Eventually.TrueAsync(
            async () =>
            {
                passes = WorkerPasses.Count;
                await Task.Delay(500);
                return passes == WorkerPasses.Count;
            },
            TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await working;
        reconciler.Dispose();
        await Runtime.DisposeAsync();
        await Store.DisposeAsync();
        ending.Dispose();
        folder.Dispose();
    }
}
