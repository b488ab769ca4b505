namespace Decnet.PowerShell.Tests.Shell;

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Shell.Building;
using Decnet.Shell.Hosts;
using Decnet.Shell.Sessions;
using Decnet.Testing;
using Output = Decnet.Shell.Output;

/// <summary>A session on a folder of its own, with simulated containers.</summary>
internal sealed class ShellLab : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();

    /// <param name="agents">Speaks to the agents of hosts; null for real connections. Hosts that do not answer are given up at once.</param>
    internal ShellLab(IAgentClient? agents = null) => Session = new DecnetSession(new SessionOptions
    {
        StateDirectory = StateDirectory,
        Runtime = RuntimeKind.Memory,
        User = "tester",
        Variable = _ => null,
        Agents = agents,
        Swarm = new SwarmOptions { Retry = new RetryOptions { Window = TimeSpan.FromMilliseconds(1) } },
    });

    internal string StateDirectory => folder.File("state");

    internal DecnetSession Session { get; }

    internal RecordingOutlet Outlet { get; } = new();

    internal static IReadOnlyList<Output.Decky> Deckies(string subnet, params string[] names) => DeckyMaker.Make(
        new DeckyRequest
        {
            Names = names,
            Services = ["ssh"],
            Distros = ["debian"],
            Subnet = IPNetwork.Parse(subnet),
            Gateway = IPAddress.Parse(subnet.Replace(".0/24", ".1", StringComparison.Ordinal)),
            Seed = 1,
        },
        _ => { });

    internal static IReadOnlyList<Output.Decky> Alone(params string[] addresses) => DeckyMaker.Make(
        new DeckyRequest { Addresses = [.. addresses.Select(IPAddress.Parse)], NamePrefix = "alone", Services = ["ssh"], Distros = ["debian"], Seed = 1 }, _ => { });

    internal async Task CommitAsync(params StateChange[] changes)
    {
        var fleet = await Session.OpenAsync(StoreAccess.Write, CancellationToken.None);
        await fleet.Store.CommitAsync(changes, DateTimeOffset.UtcNow);
    }

    /// <summary>The path of a file beside the state folder.</summary>
    internal string File(string name) => folder.File(name);

    internal Task<LocalFleet> OpenAsync() => Session.OpenAsync(StoreAccess.Write, CancellationToken.None);

    internal async Task<InMemoryContainerRuntime> RuntimeAsync() => (InMemoryContainerRuntime)(await OpenAsync()).Runtime;

    /// <summary>Enrols a host by hand; its agent listens nowhere.</summary>
    internal async Task<Output.HostRegistration> RegisterAsync(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        await System.IO.File.WriteAllTextAsync(File($"{name}.csr"), csr);
        return await Enrolling.RegisterAsync(
            Session,
            new HostRequest { Name = name, Addresses = ["127.0.0.1"], Port = 1, RequestPath = File($"{name}.csr"), ReplyPath = File($"{name}.json"), Master = "master.example" },
            CancellationToken.None);
    }

    /// <summary>Lets a host have reported just now.</summary>
    internal Task ReportAsync(string name) => CommitAsync(new StateChange.RecordReport(HostId.Parse(name), 1, "1.2.3", 1));

    /// <summary>Saves a fleet, and brings it up.</summary>
    internal async Task DeployAsync(params Decky[] deckies)
    {
        var fleet = await OpenAsync();
        await fleet.File.SaveAsync(Sample.Fleet(deckies));
        Xunit.Assert.False((await fleet.Reconciler.ReconcileAsync(new ReconcileOptions { Repair = RepairMode.Recreate })).HasFailures);
    }

    internal async Task<Fleet> FleetAsync() => (await FleetReading.DeployedAsync(Session, null, CancellationToken.None)).Desired;

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        folder.Dispose();
    }
}
