namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Xunit;

/// <summary>Containers and networks that are not ours stay as they are, whatever they look like.</summary>
public sealed class StrangerTests(TestEngine engine)
{
    static readonly string[][] LookAlikes =
    [
        ["--name", "web-01x"],
        ["--name", "web-01-ssh-old-0123456789ab"],
        ["--name", "web-99", "--label", "decnet.fleet.decky=web-99", "--label", "decnet.fleet.role=base"],
        ["--name", "web-98", "--label", "com.docker.compose.project=decnet2", "--label", "com.docker.compose.service=web-98"],
        ["--name", "web-97", "--label", "com.docker.compose.project=Decnet", "--label", "decnet.fleet.decky=web-97"],
        ["--name", "web-96", "--label", "com.docker.compose.project=shop", "--label", "decnet.fleet.decky=web-01", "--label", "decnet.fleet.role=base"],
    ];

    [EngineFact]
    public async Task Look_alikes_are_never_touched()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.Docker("network", "create", "--subnet", TestFleet.OtherSubnet, "decnet_lan2");
        var names = LookAlikes.Select(arguments => arguments[1]).ToArray();
        try
        {
            foreach (var arguments in LookAlikes)
            {
                await scene.Docker(["run", "-d", "--network", "decnet_lan2", .. arguments, "busybox:1.36", "sleep", "600"]);
            }

            var before = await scene.Docker(["inspect", "decnet_lan2", .. names]);
            await scene.DeployAsync(TestFleet.OfWebs(2));
            await scene.Docker("rm", "-f", "web-01", "web-02-ssh");
            Assert.Equal(2, (await scene.PassAsync(removeStrays: true)).Repaired);
            await scene.DeployAsync(TestFleet.OfWebs(1));
            await scene.File.SaveAsync(TestFleet.Of());
            var teardown = await scene.PassAsync(removeStrays: true);
            Assert.True(await scene.RemoveNetworkAsync());

            Assert.False(teardown.HasFailures);
            Assert.Equal(names.Order(), (await scene.ContainersAsync()).Keys.Order());
            Assert.Equal(before, await scene.Docker(["inspect", "decnet_lan2", .. names]));
        }
        finally
        {
            await scene.Docker(["rm", "-f", .. names]);
            await scene.Docker("network", "rm", "decnet_lan2");
        }
    }

    [EngineTheory]
    [InlineData("web-02", "--network none")]
    [InlineData("web-02-ssh", "--network none")]
    [InlineData("other", "--network decnet_lan --ip 198.18.244.11")]
    public async Task Name_or_address_that_a_stranger_has_is_left_to_him(string name, string options)
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        await scene.Docker(["run", "-d", "--name", name, .. options.Split(' '), "busybox:1.36", "sleep", "600"]);
        try
        {
            var stranger = await scene.Docker("inspect", name);
            await scene.File.SaveAsync(TestFleet.OfWebs(3));
            var result = await scene.PassAsync();

            var error = Assert.Single(result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => step.Error).Distinct())!;
            Assert.Contains(name == "other" ? "Another container has its address" : $"/{name}\"", error, StringComparison.Ordinal);
            var row = await scene.RowAsync("web-02");
            Assert.NotEqual(DeckyState.Running, row.State);
            Assert.Contains("repair failed: ", row.Reason, StringComparison.Ordinal);
            Assert.Equal(DeckyState.Running, (await scene.RowAsync("web-01")).State);
            Assert.Equal(DeckyState.Running, (await scene.RowAsync("web-03")).State);
            Assert.Equal(stranger, await scene.Docker("inspect", name));
            Assert.Equal(7, (await scene.ContainersAsync()).Count);

            await scene.Docker("rm", "-f", name);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            await scene.PassAsync();
            await scene.AssertConvergedAsync();
        }
        finally
        {
            await scene.Docker("rm", "-f", name);
        }
    }

    [EngineFact]
    public async Task Strays_with_our_labels_are_reported_and_removed_only_when_asked()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        string[] labels = ["--label", "com.docker.compose.project=decnet", "--label", "com.docker.compose.service=gone-01"];
        await scene.Docker(["run", "-d", "--name", "gone-01", "--network", "none", .. labels, "busybox:1.36", "sleep", "600"]);

        var reported = await scene.PassAsync();
        Assert.Equal("gone-01", Assert.Single(reported.Strays).Name);
        Assert.Contains("gone-01", await scene.ContainersAsync());
        await scene.PassAsync(removeStrays: true);

        Assert.DoesNotContain("gone-01", await scene.ContainersAsync());
        await scene.AssertConvergedAsync();
    }
}
