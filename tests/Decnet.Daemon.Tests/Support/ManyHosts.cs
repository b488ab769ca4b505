namespace Decnet.Daemon.Tests.Support;

using System.Diagnostics;
using System.Net;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Testing;

/// <summary>The state folders of a master and of a host, with their engines in memory, and the command lines of both.</summary>
internal sealed class ManyHosts : IDisposable
{
    readonly TestPort hostPort = TestPort.Take();
    readonly TestPort enrolmentPort = TestPort.Take();
    readonly TestPort agentPort = TestPort.Take();

    internal ManyHosts() => Host.Network = new HostInterface
    {
        Name = "eth0",
        Index = 2,
        Address = IPAddress.Parse("198.18.7.5"),
        Subnet = IPNetwork.Parse("198.18.7.0/24"),
        Gateway = IPAddress.Parse("198.18.7.1"),
        MacAddress = MacAddress.Parse("02:00:00:00:00:05"),
        IsUp = true,
        IsWireless = false,
    };

    internal Lab Master { get; } = new();

    internal Lab Host { get; } = new(HostId.Parse("web-host"));

    internal Task<RunningService> StartMasterAsync(params string[] more) => RunningService.StartAsync(
        Master, ["master", "--listen", "127.0.0.1", "--port", $"{hostPort}", "--enrolment-port", $"{enrolmentPort}", "--address", "127.0.0.1", .. more]);

    internal Task<RunningService> StartAgentAsync(params string[] more) => RunningService.StartAsync(Host, ["agent", "--listen", "127.0.0.1", .. more]);

    /// <summary>Invites the host.</summary>
    /// <returns>The words of the command that is run there.</returns>
    internal async Task<string[]> InviteAsync(string name = "web-host")
    {
        var invited = await Master.RunAsync("host", "enroll", name, "--master", $"127.0.0.1:{enrolmentPort}", "--json");
        return [.. invited.Json.Single().GetProperty("command").GetString()!.Split(' ')[1..], "--port", $"{agentPort}"];
    }

    /// <summary>Makes an installation of the host that consists of its state folder.</summary>
    /// <returns>A process that stands for the agent's: this one cannot end when the agent does.</returns>
    internal Process Install()
    {
        new InstallManifest { Version = InstallManifest.CurrentVersion, Id = new string('a', 32), Folders = [Host.State.Path] }
            .Write(Path.Combine(Host.State.Path, "install-manifest.json"));
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Host.Self = [Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet")), Path.Combine(AppContext.BaseDirectory, "decnetd.dll")];
        var stand = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        Host.ProcessId = stand.Id;
        return stand;
    }

    public void Dispose()
    {
        Master.Dispose();
        Host.Dispose();
        hostPort.Dispose();
        enrolmentPort.Dispose();
        agentPort.Dispose();
    }
}
