namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

/// <summary>What the docker command does to one decky: the row says it, a pass repairs it, and the other decky does not notice.</summary>
public sealed class ContainerFaultTests(TestEngine engine)
{
    [EngineTheory]
    [InlineData("kill web-02-ssh", DeckyState.Degraded, "web-02-ssh exited with code 137")]
    [InlineData("stop web-02-ssh", DeckyState.Degraded, "web-02-ssh exited with code 0")]
    [InlineData("rm -f web-02-ssh", DeckyState.Degraded, "web-02-ssh is missing")]
    [InlineData("pause web-02-ssh", DeckyState.Degraded, "web-02-ssh is paused")]
    [InlineData("rename web-02-ssh elsewhere", DeckyState.Running, null)]
    [InlineData("kill web-02-ssh web-02-http", DeckyState.Failed, "web-02-ssh exited with code 137; web-02-http exited with code 137")]
    [InlineData("kill web-02", DeckyState.Failed, "web-02 exited with code 137")]
    [InlineData("rm -f web-02", DeckyState.Failed, "web-02 is missing")]
    [InlineData("pause web-02", DeckyState.Failed, "web-02 is paused")]
    [InlineData("rename web-02 elsewhere", DeckyState.Running, null)]
    [InlineData("rm -f web-02 web-02-ssh web-02-http", DeckyState.TornDown, "no container exists")]
    [InlineData("network disconnect decnet_lan web-02", DeckyState.Failed, "web-02 is not attached to its network any more")]
    public async Task Fault_is_told_and_repaired(string command, DeckyState state, string? reason)
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        await scene.Docker(command.Split(' '));

        await AssertToldAndRepairedAsync(scene, state, reason);
    }

    [EngineTheory]
    [InlineData("restart -t 0 web-02")]
    [InlineData("process of web-02")]
    public async Task Services_of_a_base_that_was_started_anew_are_started_in_its_new_network(string what)
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        // The engine tells ages in whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        var before = await scene.ContainersAsync();
        if (what.StartsWith("restart", StringComparison.Ordinal))
        {
            await scene.Docker(what.Split(' '));
        }
        else
        {
            // A process that ends by itself, and the engine starts it again.
            var process = await scene.Docker("inspect", "-f", "{{.State.Pid}}", "web-02");
            await CommandLine.RunAsync("kill", ["-9", process]);
            await Decnet.Testing.Eventually.TrueAsync(async () =>
                await scene.ContainersAsync() is var now && now["web-02"].State == "running" && now["web-02"] != before["web-02"]);
        }

        await AssertToldAndRepairedAsync(
            scene,
            DeckyState.Failed,
            "web-02-ssh runs in a network that its base container has left; web-02-http runs in a network that its base container has left");
        Assert.Equal(before.Select(one => one.Value.Id).Order(), (await scene.ContainersAsync()).Select(one => one.Value.Id).Order());
    }

    [EngineFact]
    public async Task Base_without_its_network_is_left_to_who_may_recreate()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        await scene.Docker("network", "disconnect", "decnet_lan", "web-01");
        var before = await scene.ContainersAsync();

        var result = await scene.PassAsync(RepairMode.Restart);

        Assert.DoesNotContain(result.Plan.Steps, step => !step.IsRecord);
        Assert.Equal((DeckyState.Failed, "web-01 is not attached to its network any more"), await StateAsync(scene, "web-01"));
        Assert.Equal(before, await scene.ContainersAsync());
    }

    [EngineFact]
    public async Task Stopped_containers_are_started_by_who_may_not_recreate()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        var before = await scene.ContainersAsync();
        await scene.Docker("kill", "web-01", "web-02-http");

        var result = await scene.PassAsync(RepairMode.Restart);

        Assert.Equal(2, result.Repaired);
        var after = await scene.ContainersAsync();
        Assert.Equal(before.ToDictionary(one => one.Key, one => one.Value.Id), after.ToDictionary(one => one.Key, one => one.Value.Id));
        Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-02", TestFleet.Web(1), 22), StringComparison.Ordinal);
        await scene.AssertConvergedAsync();
    }

    static async Task AssertToldAndRepairedAsync(FleetScene scene, DeckyState state, string? reason)
    {
        var others = Others(await scene.ContainersAsync());

        await scene.PassAsync(RepairMode.Off);
        Assert.Equal((state, reason), await StateAsync(scene, "web-02"));
        Assert.Equal((DeckyState.Running, null), await StateAsync(scene, "web-01"));

        var repair = await scene.PassAsync();
        Assert.False(repair.HasFailures, string.Join('\n', repair.Steps.Select(step => step.Error)));
        Assert.Equal(1, repair.Repaired);
        Assert.Equal((DeckyState.Running, null), await StateAsync(scene, "web-02"));

        await scene.AssertConvergedAsync();
        var containers = await scene.ContainersAsync();
        Assert.Equal(TestFleet.OfWebs(2).Containers().Select(spec => spec.Name).Order(), containers.Keys.Order());
        Assert.Equal(others, Others(containers));
        Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-01", TestFleet.Web(2), 22), StringComparison.Ordinal);
    }

    static Dictionary<string, ContainerFacts> Others(Dictionary<string, ContainerFacts> all) =>
        all.Where(one => one.Key.StartsWith("web-01", StringComparison.Ordinal)).ToDictionary();

    static async Task<(DeckyState State, string? Reason)> StateAsync(FleetScene scene, string name)
    {
        var row = await scene.RowAsync(name);
        return (row.State, row.Reason);
    }
}
