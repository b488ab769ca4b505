namespace Decnet.SwarmTimings;

using System.Globalization;
using System.Net;
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
    readonly long[] numbers;

    SwarmLab(string folder, SqliteStateStore store, int hosts, int deckies)
    {
        this.folder = folder;
        Store = store;
        File = new FleetFile(Path.Combine(folder, "decnet-state.json"));
        Work = new InMemoryWorkLock();
        Hosts = [.. Enumerable.Range(0, hosts).Select(i => HostId.Parse(string.Create(CultureInfo.InvariantCulture, $"host-{i:0000}")))];
        Fleet = new Fleet
        {
            Mode = FleetMode.Swarm,
            Subnet = IPNetwork.Parse("198.18.0.0/15"),
            Gateway = IPAddress.Parse("198.18.0.1"),
            Deckies = [.. Enumerable.Range(0, hosts * deckies).Select(i => Decky(i, Hosts[i / deckies]))],
        };
        numbers = new long[hosts];
        Reported = [.. Fleet.Deckies.Chunk(deckies).Select(own => own.Select(Report).ToArray())];
        Ledger = NewLedger();
    }

    internal SqliteStateStore Store { get; }

    internal FleetFile File { get; }

    internal InMemoryWorkLock Work { get; }

    internal HostId[] Hosts { get; }

    internal Fleet Fleet { get; }

    internal ReportedDecky[][] Reported { get; }

    internal HostLedger Ledger { get; private set; }

    internal static async Task<SwarmLab> NewAsync(int hosts, int deckies)
    {
        var folder = Directory.CreateTempSubdirectory("decnet-swarm-").FullName;
        var lab = new SwarmLab(folder, await SqliteStateStore.OpenAsync(Path.Combine(folder, "decnet.db")), hosts, deckies);
        await lab.File.SaveAsync(lab.Fleet);
        var now = TimeProvider.System.GetUtcNow();
        StateChange[] changes = [.. lab.Hosts.Select(host => new StateChange.PutHost(Enrolled(host, now)))];
        await lab.Store.CommitAsync(changes, now);
        return lab;
    }

    /// <summary>As if the master had been started anew.</summary>
    internal async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = NewLedger();
    }

    internal HostReport NextReport(int host) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = Hosts[host],
        Number = ++numbers[host],
        AgentVersion = "0.1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        TrustVersion = 1,
        Deckies = [.. Reported[host]],
        OpenOperations = [],
        Deltas = [],
    };

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

    static Decky Decky(int number, HostId host) => new()
    {
        Name = DeckyName.Parse(string.Create(CultureInfo.InvariantCulture, $"decky-{number:00000}")),
        IPAddress = new IPAddress([198, 18, (byte)((number + 2) / 256), (byte)((number + 2) % 256)]),
        Services = ["ssh", "http", "smtp"],
        Distro = "debian",
        BaseImage = "debian:bookworm-slim",
        BuildBase = "debian:bookworm-slim",
        Hostname = string.Create(CultureInfo.InvariantCulture, $"SRV-{number:00000}"),
        HostId = host,
    };

    static ReportedDecky Report(Decky decky) => new()
    {
        Name = decky.Name,
        State = DeckyState.Running,
        Address = decky.IPAddress,
        Services = decky.Services,
        Digest = DeckyDigest.Of(decky),
    };
}
