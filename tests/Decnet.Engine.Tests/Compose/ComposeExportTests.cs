namespace Decnet.Engine.Tests.Compose;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Compose;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class ComposeExportTests(TestEngine engine) : IAsyncLifetime
{
    static readonly DockerRuntimeOptions ByTag = new() { ImagePolicy = ImagePolicy.Tag };

    static readonly Fleet Fleet = Sample.Fleet(
        Sample.Decky("web-01", "198.18.9.10", "ssh", "http") with
        {
            MacAddress = MacAddress.Parse("00:50:56:00:00:01"),
            ServiceConfig = new([new("http", new([new("server_header", SettingValue.Of("$HOME ${X:-y} $$ `id` 'q' \"d\" %"))]))]),
        },
        Sample.Decky("on", "198.18.9.11", "docker_api", "smtp_relay")) with
    {
        Subnet = System.Net.IPNetwork.Parse("198.18.9.0/24"),
        Gateway = System.Net.IPAddress.Parse("198.18.9.1"),
    };

    readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync() => await engine.CleanAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.CleanAsync();
        folder.Dispose();
    }

    [EngineFact]
    public async Task Compose_accepts_the_file_and_changes_no_word_of_it()
    {
        var config = await ComposeAsync("config");

        Assert.Contains("$$HOME $${X:-y} $$$$ `id`", config, StringComparison.Ordinal);
        Assert.Equal(6, config.Split('\n').Count(line => line.Contains("container_name:", StringComparison.Ordinal)));
    }

    [EngineFact]
    public async Task A_fleet_that_compose_brought_up_is_converged()
    {
        await ComposeAsync("up", "-d");
        await using var runtime = DockerContainerRuntime.Connect(ByTag with { Endpoint = DockerEndpoint.Parse(engine.Endpoint) });
        var file = new FleetFile(folder.File("fleet.json"));
        var store = new InMemoryStateStore();
        using var reconciler = new Reconciler(file, store, runtime);
        await file.SaveAsync(Fleet);
        var recreate = new ReconcileOptions { Repair = RepairMode.Recreate, RemoveStrays = true };

        var plan = await reconciler.PlanAsync(recreate);
        var first = await reconciler.ReconcileAsync(recreate);
        var second = await reconciler.ReconcileAsync(recreate);

        Assert.All(plan.Steps, step => Assert.True(step.IsRecord, step.Reason));
        Assert.Equal((2, 0), (first.Inserted, first.Repaired));
        Assert.True(second.IsConverged);
        var rows = await store.ListDeckiesAsync(HostId.Local);
        Assert.All(rows, row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
        var observed = Assert.IsType<ObservedState.Known>(await runtime.ObserveAsync()).Containers;
        Assert.Equal(6, observed.Count);
        Assert.All(observed, container => Assert.Null(container.ConfigHash));
        Assert.NotNull(await runtime.FindNetworkAsync(DecnetLabels.NetworkName));
    }

    async Task<string> ComposeAsync(params string[] arguments)
    {
        var path = folder.File("docker-compose.yml");
        await File.WriteAllTextAsync(path, ComposeExporter.Export(Fleet, ByTag));
        var result = await CommandLine.RunAsync(
            "docker-compose", ["-p", "decnet", "-f", path, .. arguments], new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Endpoint });
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }
}
