namespace Decnet.Fleet.Hosting.Tests;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;

/// <summary>A state folder that is that of a master, or can become one, with simulated containers.</summary>
internal sealed class MasterLab : IDisposable
{
    readonly TemporaryFolder folder = new();

    /// <summary>Hosts that do not answer are given up at once.</summary>
    internal LocalFleetOptions Options => new()
    {
        Folder = new StateFolder(folder.File("state")),
        Connect = _ => new InMemoryContainerRuntime(HostId.Local),
        Swarm = new SwarmOptions { Retry = new RetryOptions { Window = TimeSpan.FromMilliseconds(1) } },
    };

    internal string File(string name) => Path.Combine(folder.File("state"), name);

    internal Task<LocalFleet> OpenAsync(StoreAccess access = StoreAccess.Write) => LocalFleet.OpenAsync(Options, access);

    /// <summary>A host that was enrolled by hand, and listens nowhere.</summary>
    internal static async Task<FleetHost> RegisterAsync(LocalFleet local, string name)
    {
        var master = await local.BecomeMasterAsync(["localhost"]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        await master.OpenDesk().RegisterAsync(name, request, ["127.0.0.1"], agentPort: 1);
        return await master.Hosts.GetAsync(name);
    }

    internal static Fleet FleetOn(string host) => Sample.Fleet(Sample.Decky("web-01", "198.18.0.11") with { HostId = HostId.Parse(host) });

    public void Dispose() => folder.Dispose();
}
