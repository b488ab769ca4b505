namespace Decnet.Engine.Tests.Swarm;

using System.Net;
using System.Net.Sockets;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Xunit;

/// <summary>Hosts of a lab with engines of their own.</summary>
public sealed class LabEngineTests
{
    [EngineFact]
    public async Task Each_host_deploys_into_its_own_LAN_and_its_neighbours_see_it()
    {
        await using var lab = await HostLab.StartAsync(1);

        await Task.WhenAll(lab.All.Select(DeployAsync));

        foreach (var host in lab.All)
        {
            Assert.Equal(["web", "web-ssh"], (await host.Containers.ContainersAsync()).Select(container => container.Name).Order(StringComparer.Ordinal));
            Assert.Equal("running 0", $"{(await host.Containers.ContainersAsync())[0].Status} {(await host.RunAsync("status")).ExitCode}");
            await ReachAsync(host);
        }
    }

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

    static async Task DeployAsync(LabHost host)
    {
        await File.WriteAllTextAsync(
            host.File("fleet.ini"), $"[general]\nnet = {host.Lan}\ngw = {host.Gateway}\ninterface = {LabHost.LanInterface}\n\n[web]\nip = {At(host)}\nservices = ssh\n");
        var result = await host.RunAsync("deploy", host.File("fleet.ini"));
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    static async Task ReachAsync(LabHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = host.Neighbour.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await client.ConnectAsync(new IPEndPoint(At(host), 22), patience.Token);
    }

    static IPAddress At(LabHost host) => IPAddress.Parse($"{host.Gateway.ToString()[..^1]}20");
}
