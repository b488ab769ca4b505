namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>What the engine's own restarts make of containers that a crashed process left half replaced.</summary>
public sealed class EngineRestartTests
{
    static readonly Fleet Fleet = TestFleet.OfWebs(2);

    [EngineTheory]
    [InlineData("unless-stopped", false)]
    [InlineData("unless-stopped", true)]
    [InlineData("always", true)]
    public async Task Containers_set_aside_before_an_engine_restart_neither_double_a_decky_nor_keep_its_address(string policy, bool stopped)
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine, Fleet);
        await scene.Docker("update", "--restart", policy, "web-01", "web-01-ssh", "web-01-http");
        await ReplaceHalfwayAsync(scene, stopped);

        await engine.StopDaemonAsync();
        await engine.StartDaemonAsync();

        Assert.InRange((await OfFirstAsync(scene)).Count(container => container is { Role: ContainerRole.Base, State: ContainerState.Running }), 0, 1);
        await AssertMadeWholeAsync(scene, RepairMode.Recreate);
    }

    [EngineFact]
    public async Task Services_that_could_not_join_their_base_after_an_engine_restart_are_started_by_a_repair()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine, Fleet);
        var before = (await scene.ContainersAsync()).Keys.Order(StringComparer.Ordinal);

        await engine.KillDaemonAsync();
        await engine.StartDaemonAsync();

        await AssertMadeWholeAsync(scene, RepairMode.Restart);
        Assert.Equal(before, (await scene.ContainersAsync()).Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Does what a replacement does up to the start of the new containers.</summary>
    static async Task ReplaceHalfwayAsync(FleetScene scene, bool stopped)
    {
        var old = (await OfFirstAsync(scene)).OrderByDescending(container => container.Role).ToArray();
        foreach (var container in old)
        {
            await scene.Runtime.RenameContainerAsync(container.Id, $"{container.Name}-old-{container.Id[..12]}");
        }

        string? baseId = null;
        foreach (var container in Fleet.Containers().Where(container => container.Labels[DecnetLabels.Decky] == "web-01"))
        {
            var id = await scene.Runtime.CreateContainerAsync(container, container.Name, baseId);
            baseId ??= id;
        }

        foreach (var container in stopped ? old : [])
        {
            await scene.Runtime.StopContainerAsync(container.Id, TimeSpan.FromSeconds(1));
        }
    }

    static async Task<IEnumerable<ObservedContainer>> OfFirstAsync(FleetScene scene) =>
        Assert.IsType<ObservedState.Known>(await scene.Runtime.ObserveAsync()).Containers.Where(container => container.DeckyName == "web-01");

    static async Task AssertMadeWholeAsync(FleetScene scene, RepairMode repair)
    {
        await Eventually.TrueAsync(async () => (await scene.PassAsync(repair)).IsConverged);
        await scene.AssertConvergedAsync();
        Assert.All(await scene.RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
        Assert.Equal(Fleet.Containers().Select(container => container.Name).Order(StringComparer.Ordinal), (await scene.ContainersAsync()).Keys.Order(StringComparer.Ordinal));
    }
}
