namespace Decnet.Engine.Tests.Swarm;

using Decnet.Engine.Tests.Support;
using Xunit;

/// <summary>A host of a lab with an engine of its own.</summary>
public sealed class LabEngineTests
{
    [EngineFact]
    public async Task An_engine_that_was_killed_starts_again_in_its_network_and_a_stop_from_elsewhere_leaves_nothing()
    {
        await using var lab = HostLab.Open(1);
        var host = lab.Hosts[0];
        await host.StartEngineAsync();
        await host.Engine.DockerCli("network", "create", "-d", "macvlan", "-o", $"parent={LabHost.LanInterface}", "--subnet", host.Lan.ToString(), "lan");
        await host.Engine.DockerCli("create", "--name", "kept", "--network", "lan", "busybox:1.36", "sleep", "900");
        await host.Engine.KillDaemonAsync();

        await host.Engine.StartDaemonAsync();
        await host.Engine.DockerCli("start", "kept");

        Assert.Equal("kept", await host.Engine.DockerCli("ps", "--format", "{{.Names}}"));
        var footprint = EngineFootprint.Of(host.Engine);
        Assert.NotEmpty(footprint.Leftovers());
        await EngineScript.RunAsync("stop", host.Engine.Folder);
        Assert.Empty(footprint.Leftovers());
    }
}
