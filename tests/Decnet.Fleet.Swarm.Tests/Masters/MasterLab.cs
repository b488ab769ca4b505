namespace Decnet.Fleet.Swarm.Tests.Masters;

using System.Net;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;

/// <summary>A master with its store and fleet file, and hosts that are only said to be there.</summary>
internal sealed class MasterLab : IAsyncDisposable
{
    internal static readonly HostId HostA = HostId.Parse("host-a");
    internal static readonly HostId HostB = HostId.Parse("host-b");

    readonly TemporaryFolder folder = new();
    readonly Dictionary<HostId, long> numbers = [];
    string? databaseFolder;
    int operations;

    MasterLab(IStateStore store, FakeTimeProvider clock, HostLedgerOptions? options)
    {
        Clock = clock;
        Store = store;
        File = new FleetFile(folder.File("fleet.json"), clock: clock);
        Work = new InMemoryWorkLock(clock);
        Ledger = NewLedger(options);
        Watch = new HostWatch(Store, Events, File, clock: clock);
        Registry = new HostRegistry(Store, File, Work, Certificates, clock);
        Desk = new EnrolmentDesk(Store, Certificates, clock: clock);
    }

    internal FakeTimeProvider Clock { get; }

    internal IStateStore Store { get; }

    internal IEventLog Events => (IEventLog)Store;

    internal FleetFile File { get; }

    internal InMemoryWorkLock Work { get; }

    internal FakeCertificates Certificates { get; } = new();

    internal FakeAgents Agents { get; } = new();

    internal HostLedger Ledger { get; }

    internal HostWatch Watch { get; }

    internal HostRegistry Registry { get; }

    internal EnrolmentDesk Desk { get; }

    internal static async Task<MasterLab> NewAsync(StoreKind kind = StoreKind.Memory, HostLedgerOptions? options = null)
    {
        var clock = new FakeTimeProvider();
        if (kind == StoreKind.Memory)
        {
            return new MasterLab(new InMemoryStateStore(time: clock), clock, options);
        }

        var path = Path.Combine(Directory.CreateTempSubdirectory("decnet-test-").FullName, "decnet.db");
        return new MasterLab(await SqliteStateStore.OpenAsync(path, clock: clock), clock, options) { databaseFolder = Path.GetDirectoryName(path) };
    }

    internal HostLedger NewLedger(HostLedgerOptions? options = null) =>
        new(Store, Events, File, Work, Certificates, options ?? new HostLedgerOptions { BeatDelay = TimeSpan.Zero }, Clock);

    internal FleetService NewService(SwarmOptions? options = null) => new(
        File,
        Store,
        new InMemoryContainerRuntime(HostId.Local, Clock),
        Work,
        new FleetServiceOptions { Strategies = SwarmStrategies.Create(Store, Agents, options, Clock, new Random(1)), Exposure = ExposureBudget.OfCount(100), Settle = TimeSpan.Zero },
        Clock,
        new Random(1));

    /// <summary>Adds hosts that have just reported.</summary>
    internal async Task AddHostsAsync(params HostId[] hosts)
    {
        foreach (var host in hosts)
        {
            await Store.CommitAsync([new StateChange.PutHost(Host(host))], Clock.GetUtcNow());
        }
    }

    internal FleetHost Host(HostId host) => new()
    {
        HostId = host,
        Name = host.Value,
        Address = "198.18.250.2",
        AgentPort = SwarmProtocol.AgentPort,
        Fingerprint = new string('a', 64),
        Status = FleetHostStatus.Active,
        EnrolledAt = Clock.GetUtcNow(),
        LastHeartbeat = Clock.GetUtcNow(),
    };

    internal async Task<FleetHost> HostAsync(HostId host) => (await Store.FindHostAsync(host))!;

    internal Task WantAsync(params Decky[] deckies) => File.SaveAsync(Sample.Fleet(deckies) with { Mode = FleetMode.Swarm });

    internal async Task<Fleet> FleetAsync() => ((DesiredState.Known)await File.LoadAsync()).Fleet;

    /// <summary>A decky of a host; its address at the master follows from its name.</summary>
    internal static Decky On(HostId host, string name, params string[] services) =>
        Sample.Decky(name, $"198.18.7.{10 + (name.Sum(letter => letter) % 240)}", services) with { HostId = host };

    /// <summary>What a host says that runs a decky as it was asked to, at an address of its own.</summary>
    internal static ReportedDecky Running(Decky decky) => new()
    {
        Name = decky.Name,
        State = DeckyState.Running,
        Address = IPAddress.Parse("198.18.77.9"),
        Services = decky.Services,
        Digest = DeckyDigest.Of(decky with { HostId = null, IPAddress = IPAddress.Parse("198.18.77.9") }),
    };

    /// <summary>The next report of a host.</summary>
    internal HostReport Report(HostId host, params ReportedDecky[] deckies) => new()
    {
        Version = SwarmProtocol.Version,
        HostId = host,
        Number = numbers[host] = numbers.GetValueOrDefault(host) + 1,
        AgentVersion = "1.2.3",
        StartedAt = Sample.Now.AddHours(-5),
        TrustVersion = 1,
        Deckies = [.. deckies],
        OpenOperations = [],
        Deltas = [],
    };

    internal Task ReportAsync(HostId host, params ReportedDecky[] deckies) => Ledger.ReceiveAsync(host, Report(host, deckies));

    internal async Task<Operation> BeginAsync(HostId host, string decky, OperationKind kind = OperationKind.Deploy, OperationStatus status = OperationStatus.Running, MutationTrigger? trigger = null)
    {
        var operation = new Operation
        {
            Id = new Guid(++operations, 0, 0, new byte[8]),
            HostId = host,
            DeckyName = DeckyName.Parse(decky),
            Kind = kind,
            Trigger = trigger,
            CreatedAt = Clock.GetUtcNow(),
            UpdatedAt = Clock.GetUtcNow(),
            Deadline = Clock.GetUtcNow().AddMinutes(30),
        };
        await Store.CommitAsync([new StateChange.AddOperation(operation) { Events = [OperationEvent.Draft(operation)] }], Clock.GetUtcNow());
        if (status == OperationStatus.Running)
        {
            await Store.CommitAsync([new StateChange.AdvanceOperation(operation.Id, OperationStatus.Running)], Clock.GetUtcNow());
        }

        return await OperationAsync(operation.Id);
    }

    internal void FailNextCommit() => ((InMemoryStateStore)Store).FailNextCommit(StateStoreError.Locked);

    internal async Task<Operation> OperationAsync(Guid id) => (await Store.ListOperationsAsync(new OperationQuery { Ids = [id] }))[0];

    internal static OperationDelta Delta(Operation operation, OperationStatus status = OperationStatus.Succeeded, string? error = null, params string[] services) => new()
    {
        OperationId = operation.Id,
        Sequence = 1,
        Name = operation.DeckyName,
        Kind = operation.Kind,
        Status = status,
        Error = error,
        Services = services.Length == 0 ? null : [.. services],
    };

    internal async Task<DeckyRow?> RowAsync(HostId host, string name) =>
        (await Store.ListDeckiesAsync(host)).SingleOrDefault(row => row.Name.Value == name);

    /// <summary>Events after a position: topic and transition or status.</summary>
    internal async Task<string[]> EventsAsync(long after = 0) =>
    [
        .. (await Events.ReadAsync(after)).Events.Select(entry =>
        {
            var payload = entry.ParsePayload();
            return $"{entry.Topic} {(payload.TryGetProperty("transition", out var transition) ? transition : payload.TryGetProperty("status", out var status) ? status : payload.TryGetProperty("trigger", out var trigger) ? trigger : payload.GetProperty("succeeded"))}";
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
        folder.Dispose();
        if (databaseFolder is not null)
        {
            Directory.Delete(databaseFolder, recursive: true);
        }
    }
}
