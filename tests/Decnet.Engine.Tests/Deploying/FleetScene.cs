namespace Decnet.Engine.Tests.Deploying;

using System.Text.Json;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>
/// A host with all that is real: fleet file, database, engine, runtime and reconciler, in a folder of its own. The engine has
/// none of our containers at its beginning and at its end.
/// </summary>
sealed class FleetScene : IAsyncDisposable
{
    readonly TemporaryFolder folder;
    readonly DockerClient docker;
    readonly RequestCounter counter;
    readonly bool cleans;

    FleetScene(string endpoint, bool cleans, SqliteStateStore store, TemporaryFolder folder)
    {
        this.folder = folder;
        this.cleans = cleans;
        docker = new DockerClient(endpoint);
        counter = new RequestCounter(endpoint["unix://".Length..], folder.File("e.sock"));
        Store = store;
        File = new FleetFile(folder.File("decnet-state.json"));
        Runtime = Connect(counter.Endpoint);
        Reconciler = new Reconciler(File, Store, Runtime, new ReconcilerOptions
        {
            Backoff = new RepairBackoffOptions { FirstDelay = TimeSpan.FromMilliseconds(50), Jitter = 0 },
        });
    }

    internal FleetFile File { get; }

    internal SqliteStateStore Store { get; }

    internal DockerContainerRuntime Runtime { get; }

    internal Reconciler Reconciler { get; }

    /// <summary>The requests that the runtime made, oldest first, such as <c>GET /v1.41/containers/json</c>.</summary>
    internal IReadOnlyList<string> Requests => counter.Requests;

    /// <summary>A scene on the engine that all tests share.</summary>
    internal static async Task<FleetScene> OpenAsync(TestEngine engine)
    {
        await engine.CleanAsync();
        return await OpenAsync(engine.Endpoint, cleans: true);
    }

    /// <summary>A scene on an engine that goes away with all that it has.</summary>
    internal static Task<FleetScene> OpenAsync(PrivateEngine engine) => OpenAsync(engine.Endpoint, cleans: false);

    /// <summary>A scene with a fleet that runs.</summary>
    internal static async Task<FleetScene> DeployedAsync(TestEngine engine, Fleet fleet) => await DeployedAsync(await OpenAsync(engine), fleet);

    /// <summary>A scene with a fleet that runs, on an engine that goes away with all that it has.</summary>
    internal static async Task<FleetScene> DeployedAsync(PrivateEngine engine, Fleet fleet) => await DeployedAsync(await OpenAsync(engine), fleet);

    static async Task<FleetScene> OpenAsync(string endpoint, bool cleans)
    {
        var folder = new TemporaryFolder();
        return new FleetScene(endpoint, cleans, await SqliteStateStore.OpenAsync(folder.File("decnet.db")), folder);
    }

    static async Task<FleetScene> DeployedAsync(FleetScene scene, Fleet fleet)
    {
        try
        {
            await scene.DeployAsync(fleet);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    internal static DockerContainerRuntime Connect(string endpoint) => DockerContainerRuntime.Connect(new DockerRuntimeOptions
    {
        Endpoint = DockerEndpoint.Parse(endpoint),
        ImagePolicy = ImagePolicy.Tag,
    });

    internal Task<string> Docker(params string[] arguments) => docker.RunAsync(arguments);

    /// <summary>Saves a fleet, makes it run, and checks that it does.</summary>
    internal async Task<ReconcileResult> DeployAsync(Fleet fleet)
    {
        await File.SaveAsync(fleet);
        var result = await PassAsync();
        Assert.False(result.HasFailures, string.Join('\n', result.Steps.Select(step => step.Error).Distinct()));
        Assert.All(await RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
        return result;
    }

    internal Task<ReconcileResult> PassAsync(RepairMode repair = RepairMode.Recreate, bool removeStrays = false) =>
        Reconciler.ReconcileAsync(new ReconcileOptions { Repair = repair, RemoveStrays = removeStrays });

    /// <summary>Removes the network as the end of a teardown does.</summary>
    internal Task<bool> RemoveNetworkAsync() => new NetworkProvisioner(Runtime).RemoveAsync(DecnetLabels.NetworkName);

    /// <summary>A pass that has nothing to do: it asks the engine once, writes nothing and tells nothing.</summary>
    internal async Task AssertConvergedAsync()
    {
        var before = (Rows: await RevisionsAsync(), Events: await Store.GetLastSequenceAsync(), Requests: Requests.Count);

        var result = await PassAsync();

        Assert.True(result.IsConverged, string.Join('\n', result.Plan.Steps.Select(step => step.Reason).Concat(result.Holds.Select(hold => hold.Reason))));
        Assert.StartsWith("GET", Assert.Single(Requests.Skip(before.Requests)), StringComparison.Ordinal);
        Assert.Equal((before.Rows, before.Events), (await RevisionsAsync(), await Store.GetLastSequenceAsync()));
    }

    internal Task<IReadOnlyList<DeckyRow>> RowsAsync() => Store.ListDeckiesAsync(HostId.Local);

    internal async Task<DeckyRow> RowAsync(string name) => (await RowsAsync()).Single(row => row.Name.Value == name);

    /// <summary>All containers of the engine by name, ours and others.</summary>
    internal async Task<Dictionary<string, ContainerFacts>> ContainersAsync() =>
        (await InspectAllAsync()).ToDictionary(one => one.GetProperty("Name").GetString()!.TrimStart('/'), ContainerFacts.Of);

    internal async Task<JsonElement[]> InspectAllAsync()
    {
        var ids = (await Docker("ps", "-aq", "--no-trunc")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ids.Length == 0 ? [] : [.. JsonElement.Parse(await Docker(["inspect", .. ids])).EnumerateArray()];
    }

    internal async Task<JsonElement> InspectAsync(string container) => JsonElement.Parse(await Docker("inspect", container))[0];

    /// <summary>Runs a shell script inside a container.</summary>
    internal Task<string> InsideAsync(string container, string script) => Docker("exec", container, "sh", "-c", script);

    /// <summary>What a container hears from a decky, which may just have started; empty when nothing greets there for three seconds.</summary>
    /// <param name="from">The container.</param>
    /// <param name="to">The decky.</param>
    /// <param name="port">The port.</param>
    /// <param name="say">What it says first.</param>
    internal Task<string> HearAsync(string from, Decky to, int port, string say = "") => InsideAsync(
        from,
        $"""
        for attempt in 1 2 3 4 5 6; do
          heard=$( (printf '{say}'; sleep 0.4) | timeout 2 nc -w 2 {to.IPAddress} {port} 2>/dev/null)
          [ -z "$heard" ] || break
          sleep 0.1
        done
        printf %s "$heard"
        """);

    public async ValueTask DisposeAsync()
    {
        Reconciler.Dispose();
        await Runtime.DisposeAsync();
        await counter.DisposeAsync();
        await Store.DisposeAsync();
        folder.Dispose();
        if (cleans)
        {
            await docker.CleanAsync();
        }
    }

    async Task<string> RevisionsAsync() => string.Join(' ', (await RowsAsync()).Select(row => $"{row.Name}:{row.Revision}"));
}
