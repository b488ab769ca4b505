namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Reconciling;
using Xunit;

/// <summary>A network of the fleet's name that is there already, with other settings.</summary>
public sealed class NetworkFaultTests(TestEngine engine)
{
    const string Name = DecnetLabels.NetworkName;
    static readonly string[] OurLabel = ["--label", "com.docker.compose.project=decnet"];

    [EngineFact]
    public async Task Network_in_use_is_left_as_it_is_and_the_error_lists_the_differences()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.Docker(["network", "create", "--subnet", TestFleet.OtherSubnet, "--gateway", "198.18.244.129", .. OurLabel, Name]);
        await scene.Docker("run", "-d", "--name", "guest", "--network", Name, "busybox:1.36", "sleep", "600");
        try
        {
            var before = await scene.Docker("inspect", Name, "guest");
            await scene.File.SaveAsync(TestFleet.OfWebs(2));
            var result = await scene.PassAsync();

            var error = Assert.Single(result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => step.Error).Distinct())!;
            Assert.Contains("guest", error, StringComparison.Ordinal);
            Assert.Contains("subnet is 198.18.244.128/25, not 198.18.244.0/25", error, StringComparison.Ordinal);
            Assert.Contains("gateway is 198.18.244.129, not 198.18.244.1", error, StringComparison.Ordinal);
            Assert.Equal(before, await scene.Docker("inspect", Name, "guest"));
            Assert.Equal(["guest"], (await scene.ContainersAsync()).Keys);
        }
        finally
        {
            await scene.Docker("rm", "-f", "guest");
        }
    }

    [EngineFact]
    public async Task Network_of_ours_without_containers_is_replaced()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.Docker(["network", "create", "--subnet", TestFleet.OtherSubnet, .. OurLabel, Name]);

        await scene.DeployAsync(TestFleet.OfWebs(1));

        Assert.Equal(TestFleet.Subnet, await scene.Docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", Name));
        await scene.AssertConvergedAsync();
    }

    [EngineFact]
    public async Task Network_of_a_stranger_is_not_replaced_even_when_nobody_uses_it()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.Docker("network", "create", "--subnet", TestFleet.OtherSubnet, Name);
        try
        {
            var before = await scene.Docker("inspect", Name);
            await scene.File.SaveAsync(TestFleet.OfWebs(1));
            var result = await scene.PassAsync();

            Assert.True(result.HasFailures);
            Assert.Contains(Name, (await scene.RowAsync("web-01")).Reason, StringComparison.Ordinal);
            Assert.False(await scene.RemoveNetworkAsync());
            Assert.Equal(before, await scene.Docker("inspect", Name));
            Assert.Empty(await scene.ContainersAsync());
        }
        finally
        {
            await scene.Docker("network", "rm", Name);
        }
    }

    [EngineFact]
    public async Task Network_of_a_stranger_with_the_same_settings_is_used_and_stays()
    {
        await using var scene = await FleetScene.OpenAsync(engine);
        await scene.Docker("network", "create", "--subnet", TestFleet.Subnet, "--gateway", TestFleet.Gateway, Name);
        try
        {
            var before = await scene.Docker("inspect", Name);
            await scene.DeployAsync(TestFleet.OfWebs(1));
            await scene.File.SaveAsync(TestFleet.Of());
            await scene.PassAsync(removeStrays: true);

            Assert.False(await scene.RemoveNetworkAsync());
            Assert.Equal(before, await scene.Docker("inspect", Name));
        }
        finally
        {
            await scene.Docker("network", "rm", Name);
        }
    }

    [EngineFact]
    public async Task Network_that_was_removed_while_its_deckies_were_stopped_is_made_again()
    {
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(2));
        await scene.Docker("kill", "web-01", "web-02");
        await scene.Docker("network", "rm", Name);

        var result = await scene.PassAsync();

        Assert.Equal(2, result.Repaired);
        await scene.AssertConvergedAsync();
    }
}
