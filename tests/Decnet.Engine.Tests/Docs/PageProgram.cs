namespace Decnet.Engine.Tests.Docs;

using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Compose;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>The program of docs/docker.md, between the two marks.</summary>
static class PageProgram
{
    internal static async Task<ReconcileResult> RunAsync(string ini, StateFolder folder, Func<string, string?> environment)
    {
        // <page>
        var fleet = new FleetBuilder().Build(FleetIniParser.Parse(ini), new FleetIniOptions { Seed = 1 });
        var file = new FleetFile(folder.FleetFile);
        await file.SaveAsync(fleet);

        await using var store = await SqliteStateStore.OpenAsync(folder.Database);
        await using var docker = DockerContainerRuntime.FromEnvironment(
            new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Tag, Limits = new ContainerLimits { PidsLimit = 128 } },
            environment: environment);
        using var reconciler = new Reconciler(file, store, docker);
        var result = await reconciler.ReconcileAsync(new ReconcileOptions { Repair = RepairMode.Recreate });

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "docker-compose.yml"), ComposeExporter.Export(fleet));
        // </page>
        return result;
    }
}
