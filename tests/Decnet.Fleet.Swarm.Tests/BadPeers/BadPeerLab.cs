namespace Decnet.Fleet.Swarm.Tests.BadPeers;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.AspNetCore;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.AspNetCore.Hosting;
using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Fleet.Swarm.Tests.Agents;
using Decnet.Fleet.Swarm.Tests.Masters;
using Decnet.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>An agent and a master as they are in earnest, on loopback: Kestrel, TLS, certificates, SQLite, fleet files. Only the containers are simulated.</summary>
internal sealed class BadPeerLab : IAsyncDisposable
{
    /// <summary>Short enough to wait for; a body of a good peer comes with its head.</summary>
    static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(3);

    /// <summary>Longer than any large body takes.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    static readonly DateTimeOffset Past = TimeProvider.System.GetUtcNow().AddDays(-30);

    readonly TemporaryFolder folder;
    readonly CertificateAuthority authority;
    readonly List<WebApplication> servers = [];

    BadPeerLab(TemporaryFolder folder, CertificateAuthority authority, MasterPki pki, IStateStore store, AgentLab agent)
    {
        this.folder = folder;
        this.authority = authority;
        Pki = pki;
        Store = store;
        Agent = agent;
        File = new FleetFile(folder.File("master/decnet-state.json"));
        var certificates = new FleetAuthority(pki);
        Ledger = new HostLedger(store, (IEventLog)store, File, new InMemoryWorkLock(), certificates, new HostLedgerOptions { BeatDelay = TimeSpan.Zero });
        Desk = new EnrolmentDesk(store, certificates);
    }

    internal static HostId Host => AgentLab.Host;

    internal static HostId Other => HostId.Parse("h2");

    internal MasterPki Pki { get; }

    internal IStateStore Store { get; }

    internal FleetFile File { get; }

    internal HostLedger Ledger { get; }

    internal EnrolmentDesk Desk { get; }

    internal AgentLab Agent { get; }

    internal HostPki HostPki { get; private set; } = null!;

    /// <summary>An operation of the other host that is under way.</summary>
    internal Operation ForeignOperation { get; private set; } = null!;

    internal HostIdentity Revoked { get; private set; } = null!;

    internal HostIdentity RevokedMaster { get; private set; } = null!;

    internal RefusalLog AgentLog { get; } = new();

    internal RefusalLog MasterLog { get; } = new();

    internal int AgentPort { get; private set; }

    internal int MasterPort { get; private set; }

    internal int EnrolmentPort { get; private set; }

    /// <summary>Those of the same agent and master with all the time for a body that it takes on a busy machine.</summary>
    internal int PatientAgentPort { get; private set; }

    internal int PatientMasterPort { get; private set; }

    internal static async Task<BadPeerLab> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var place = new PkiFolder(folder.File("master/pki"));

        // Made a month ago, so that it can have signed what is expired now.
        await MasterPki.OpenAsync(place, ["127.0.0.1"], new FakeTimeProvider(Past));
        var authority = new CertificateAuthority(place.ReadCertificate(PkiFolder.Authority, ""), place.ReadKey(PkiFolder.AuthorityKey, ""));
        var (revoked, revokedMaster) = (Sign(authority, LeafRole.OfHost(Host)), Sign(authority, LeafRole.Master));
        var list = authority.Revoke(
            MasterTrust.ReadRevocations(place, authority.Certificate), [revoked.Certificate, revokedMaster.Certificate], TimeSpan.FromDays(30), TimeProvider.System.GetUtcNow());
        place.Write(PkiFolder.Revocations, list.ToPem());

        var lab = new BadPeerLab(
            folder,
            authority,
            await MasterPki.OpenAsync(place, [], TimeProvider.System),
            await SqliteStateStore.OpenAsync(folder.File("master/db/decnet.db")),
            await AgentLab.OpenAsync(StoreKind.Sqlite))
        {
            Revoked = revoked,
            RevokedMaster = revokedMaster,
        };
        await lab.FillAsync();
        await lab.ServeAsync();
        return lab;
    }

    /// <summary>A certificate of the fleet's authority with a key of its own.</summary>
    internal HostIdentity Sign(LeafRole role, DateTimeOffset? begin = null, TimeSpan? lifetime = null) => Sign(authority, role, begin, lifetime);

    internal HostIdentity Expired(LeafRole role) => Sign(role, Past.AddDays(10), TimeSpan.FromDays(1));

    internal HostIdentity NotYetValid(LeafRole role) => Sign(role, TimeProvider.System.GetUtcNow().AddDays(3));

    /// <summary>Everything that work would leave behind at either side.</summary>
    internal async Task<string> TracesAsync(bool beats = true) => JsonSerializer.Serialize(new
    {
        Agent = await TracesAsync(Agent.Store, Agent.File.Path, beats),
        Engine = Agent.Runtime.Requests.ToString(),
        Master = await TracesAsync(Store, File.Path, beats),
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }

        await Agent.DisposeAsync();
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
        authority.Dispose();
        folder.Dispose();
    }

    static HostIdentity Sign(CertificateAuthority authority, LeafRole role, DateTimeOffset? begin = null, TimeSpan? lifetime = null)
    {
        var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var options = new LeafOptions { Role = role, Lifetime = lifetime ?? TimeSpan.FromDays(397) };
        return HostIdentity.Of(authority.Issue(key.Public, options, begin ?? TimeProvider.System.GetUtcNow()), key, authority.Certificate);
    }

    static async Task<object> TracesAsync(IStateStore store, string file, bool beats) => new
    {
        Operations = (await store.ListOperationsAsync(new OperationQuery())).Select(operation => operation.ToString()),
        Rows = (await store.ListDeckiesAsync()).Select(row => (beats ? row : row with { LastSeen = null }).ToString()),
        Events = (await ((IEventLog)store).ReadAsync(0)).Events.Select(entry => $"{entry.Sequence} {entry.Topic}"),
        Hosts = beats ? (await store.ListHostsAsync()).Select(host => host.ToString()) : [],
        File = await System.IO.File.ReadAllTextAsync(file),
    };

    /// <summary>Two hosts, each with a decky; the agent's is really there, and an operation of the other one is under way.</summary>
    async Task FillAsync()
    {
        HostPki = await EnrolAsync(Host);
        await EnrolAsync(Other);
        await File.SaveAsync(Sample.Fleet([MasterLab.On(Host, "web-01", "http"), MasterLab.On(Other, "mail-01", "smtp")]) with { Mode = FleetMode.Swarm });
        await Agent.DeployAsync(AgentLab.Order("web-01", "198.18.0.9", "http"));
        ForeignOperation = new Operation
        {
            Id = Guid.Parse("0198d6a0-0000-7000-8000-0000000000ff"),
            HostId = Other,
            DeckyName = DeckyName.Parse("mail-01"),
            Kind = OperationKind.Deploy,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
            Deadline = TimeProvider.System.GetUtcNow().AddHours(1),
        };
        await Store.CommitAsync([new StateChange.AddOperation(ForeignOperation)], TimeProvider.System.GetUtcNow());
    }

    async Task<HostPki> EnrolAsync(HostId id)
    {
        var place = new PkiFolder(folder.File(id.Value));
        var request = await HostEnrolment.PrepareAsync(place, KeyAlgorithm.EcdsaP256, TimeProvider.System, default);
        using var certificate = await Pki.IssueAsync(request, id, ["127.0.0.1"], default);
        var reply = new EnrolmentReply { Version = "1", HostId = id, Certificate = certificate.ExportCertificatePem(), Trust = Pki.Current.Bundle, MasterPort = 1 };
        await HostEnrolment.StoreAsync(place, Pki.Current.AuthorityFingerprint, reply, TimeProvider.System, default);
        await Store.CommitAsync(
            [
                new StateChange.PutHost(new FleetHost
                {
                    HostId = id, Name = id.Value, Address = "127.0.0.1", EnrolledAt = Past, Fingerprint = CertificateFingerprint.Of(certificate),
                    Status = FleetHostStatus.Active, LastHeartbeat = TimeProvider.System.GetUtcNow(),
                }),
            ],
            TimeProvider.System.GetUtcNow());
        return HostPki.Open(place, TimeProvider.System);
    }

    async Task ServeAsync()
    {
        var side = new MasterSide(Pki, Store, Ledger, Desk);
        var master = new MasterSite(Pki, side, side, logs: MasterLog, bodyLimit: BodyLimit);
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        AgentPort = await ServeAgentAsync(BodyLimit);
        PatientAgentPort = await ServeAgentAsync(Patience);
        MasterPort = await ServeMasterAsync(master);
        PatientMasterPort = await ServeMasterAsync(new MasterSite(Pki, side, side, logs: MasterLog, bodyLimit: Patience));
        EnrolmentPort = await ServeAsync(kestrel =>
        {
            kestrel.LimitAsDecnetMaster();
            kestrel.ListenDecnetEnrolment(any, master);
        }, routes => routes.MapDecnetEnrolment(master));

        Task<int> ServeAgentAsync(TimeSpan limit)
        {
            var agent = new AgentSite(HostPki, new AgentSide(Agent.Agent, null), logs: AgentLog, bodyLimit: limit);
            return ServeAsync(kestrel =>
            {
                kestrel.LimitAsDecnetAgent();
                kestrel.ListenDecnetAgent(any, agent);
            }, routes => routes.MapDecnetAgent(agent));
        }

        Task<int> ServeMasterAsync(MasterSite site) => ServeAsync(kestrel =>
        {
            kestrel.LimitAsDecnetMaster();
            kestrel.ListenDecnetMaster(any, site);
        }, routes => routes.MapDecnetMaster(site));
    }

    async Task<int> ServeAsync(Action<KestrelServerOptions> listen, Action<IEndpointRouteBuilder> map)
    {
        var server = SwarmServer.Build(listen, map, NullLoggerFactory.Instance);
        servers.Add(server);
        await server.StartAsync();
        return new Uri(server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
    }
}
