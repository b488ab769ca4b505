namespace Decnet.SwarmTimings.Https;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;

/// <summary>A master as <c>decnetd master</c> runs one, on loopback: certificates, SQLite, Kestrel with TLS on both sides, and the watch over silent hosts.</summary>
internal sealed class HttpsMaster : IAsyncDisposable
{
    readonly string folder;
    readonly HostLedger ledger;
    readonly LoopbackServer server;
    readonly CancellationTokenSource ending = new();
    readonly Task watching;

    HttpsMaster(string folder, MasterPki pki, SqliteStateStore store, HostLedger ledger, LoopbackServer server, HostWatch watch)
    {
        this.folder = folder;
        this.ledger = ledger;
        this.server = server;
        Pki = pki;
        Store = store;
        watching = Task.Run(() => watch.RunAsync(ending.Token));
    }

    internal MasterPki Pki { get; }

    internal SqliteStateStore Store { get; }

    internal int Port => server.Port;

    /// <summary>Has as many folders <c>pki</c> of hosts as there are hosts, each named as its host.</summary>
    internal string HostFolders => Path.Combine(folder, "hosts");

    /// <summary>Starts one whose hosts are enrolled already.</summary>
    internal static async Task<HttpsMaster> StartAsync(SimulatedHosts hosts)
    {
        var folder = Directory.CreateTempSubdirectory("decnet-swarm-").FullName;
        var state = new StateFolder(Path.Combine(folder, "master"));
        var pki = await MasterPki.OpenAsync(PkiFolder.Of(state), ["127.0.0.1"], TimeProvider.System);
        var store = await SqliteStateStore.OpenAsync(state.Database);
        var file = new FleetFile(state.FleetFile);
        await file.SaveAsync(hosts.Fleet);
        var now = TimeProvider.System.GetUtcNow();
        using var certificates = new HostCertificates(PkiFolder.Of(state), pki.Current, Path.Combine(folder, "hosts"));
        StateChange[] enrolled = [.. hosts.Ids.Select(host => new StateChange.PutHost(Enrolled(host, certificates.Issue(host), now)))];
        await store.CommitAsync(enrolled, now);
        var authority = new FleetAuthority(pki);
        var ledger = new HostLedger(store, store, file, new FileWorkLock(state.WorkLock, TimeProvider.System), authority);
        var site = MasterSite.Of(pki, store, ledger, new EnrolmentDesk(store, authority));
        var server = await LoopbackServer.StartAsync(
            kestrel =>
            {
                kestrel.LimitAsDecnetMaster();
                kestrel.ListenDecnetMaster(LoopbackServer.AnyPort, site);
            },
            routes => routes.MapDecnetMaster(site));
        return new HttpsMaster(folder, pki, store, ledger, server, new HostWatch(store, store, file));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
        await ledger.DisposeAsync();
        await Store.DisposeAsync();
        ending.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    static FleetHost Enrolled(HostId host, string fingerprint, DateTimeOffset now) => new()
    {
        HostId = host,
        Name = host.Value,
        Address = "127.0.0.1",
        AgentPort = SwarmProtocol.AgentPort,
        Fingerprint = fingerprint,
        Status = FleetHostStatus.Active,
        EnrolledAt = now,
        LastHeartbeat = now,
    };
}
