namespace Decnet.SwarmTimings;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;

/// <summary>A master with a real store and fleet file, and hosts that are only said to be there.</summary>
internal sealed class SwarmLab : IAsyncDisposable
{
    readonly string folder;

    SwarmLab(string folder, SqliteStateStore store, SimulatedHosts hosts)
    {
        this.folder = folder;
        Store = store;
        File = new FleetFile(Path.Combine(folder, "decnet-state.json"));
        Work = new InMemoryWorkLock();
        Hosts = hosts;
        Ledger = NewLedger();
    }

    internal SqliteStateStore Store { get; }

    internal FleetFile File { get; }

    internal InMemoryWorkLock Work { get; }

    internal SimulatedHosts Hosts { get; }

    internal HostLedger Ledger { get; private set; }

    internal static async Task<SwarmLab> NewAsync(int hosts, int deckies)
    {
        var folder = Directory.CreateTempSubdirectory("decnet-swarm-").FullName;
        var lab = new SwarmLab(folder, await SqliteStateStore.OpenAsync(Path.Combine(folder, "decnet.db")), new SimulatedHosts(hosts, deckies));
        await lab.File.SaveAsync(lab.Hosts.Fleet);
        var now = TimeProvider.System.GetUtcNow();
        StateChange[] changes = [.. lab.Hosts.Ids.Select(host => new StateChange.PutHost(Enrolled(host, now)))];
        await lab.Store.CommitAsync(changes, now);
        return lab;
    }

    /// <summary>As if the master had been started anew.</summary>
    internal async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = NewLedger();
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    HostLedger NewLedger() => new(Store, Store, File, Work, new NoCertificates());

    static FleetHost Enrolled(HostId host, DateTimeOffset now) => new()
    {
        HostId = host,
        Name = host.Value,
        Address = "198.19.255.254",
        AgentPort = SwarmProtocol.AgentPort,
        Fingerprint = new string('a', 64),
        Status = FleetHostStatus.Active,
        EnrolledAt = now,
        LastHeartbeat = now,
    };
}
