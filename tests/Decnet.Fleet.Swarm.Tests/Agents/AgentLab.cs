namespace Decnet.Fleet.Swarm.Tests.Agents;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;

/// <summary>The host of an agent: a real fleet file, a real or simulated store, simulated containers, and a network as a test says.</summary>
internal sealed class AgentLab : IAsyncDisposable
{
    internal static readonly HostId Host = HostId.Parse("h1");

    internal static readonly HostNetworkFacts Lan = new()
    {
        Interface = "lan0",
        Address = IPAddress.Parse("198.19.7.2"),
        Subnet = IPNetwork.Parse("198.19.7.0/24"),
        Gateway = IPAddress.Parse("198.19.7.1"),
    };

    readonly TemporaryFolder folder;
    readonly bool ownsFolder;
    readonly Func<StoreKind> kind;

    AgentLab(StoreKind kind, TemporaryFolder folder, bool ownsFolder, IStateStore store, AgentLabOptions options)
    {
        this.folder = folder;
        this.ownsFolder = ownsFolder;
        this.kind = () => kind;
        Options = options;
        Store = store;
        Folder = new StateFolder(folder.File("state"));
        Runtime = options.Runtime ?? new InMemoryContainerRuntime(Host, options.Clock);
        File = new FleetFile(Folder.FleetFile, clock: options.Clock);
        Lock = options.Lock ?? new InMemoryWorkLock();
        Service = new FleetService(File, Store, Runtime, Lock, ServiceOptions(), options.Clock, new Random(options.Seed));
        Reporter = new HostReporter(Store, Events, File, new HostReporterOptions { HostId = Host, AgentVersion = "1.2.3", TrustVersion = () => 7, Problem = () => options.Problem }, options.Clock);
        Agent = new AgentService(
            Service,
            File,
            Store,
            new OperationSweeper(Store, Lock, Host, clock: options.Clock),
            new Relocalizer(new RelocalizerOptions { HostId = Host, Detect = options.Detect }),
            Reporter,
            new AgentServiceOptions { HostId = Host, AcceptanceWait = options.AcceptanceWait },
            options.Clock);
    }

    internal AgentLabOptions Options { get; }

    internal StateFolder Folder { get; }

    internal IStateStore Store { get; }

    internal IEventLog Events => (IEventLog)Store;

    internal FleetFile File { get; }

    internal InMemoryContainerRuntime Runtime { get; }

    internal IWorkLock Lock { get; }

    internal FleetService Service { get; }

    internal HostReporter Reporter { get; }

    internal AgentService Agent { get; }

    internal static async Task<AgentLab> OpenAsync(StoreKind kind = StoreKind.Memory, AgentLabOptions? options = null)
    {
        options ??= new AgentLabOptions();
        var folder = new TemporaryFolder();
        return new AgentLab(kind, folder, true, await OpenStoreAsync(kind, folder, options), options);
    }

    /// <summary>The agent after its process has ended and started again. What was in memory is gone; files, engine and (simulated) store are not.</summary>
    internal async Task<AgentLab> RestartAsync(AgentLabOptions? options = null)
    {
        options = (options ?? new AgentLabOptions { Detect = Options.Detect }) with { Runtime = Runtime, Seed = Options.Seed + 1 };
        if (kind() == StoreKind.Memory)
        {
            return new AgentLab(StoreKind.Memory, folder, false, Store, options);
        }

        await Store.DisposeAsync();
        return new AgentLab(StoreKind.Sqlite, folder, false, await OpenStoreAsync(StoreKind.Sqlite, folder, options), options);
    }

    internal static DeployOrder Order(string name, string address = "198.18.0.9", params string[] services) =>
        new(Guid.NewGuid(), Sample.Decky(name, address, services));

    internal static DeployCommand Deploy(params DeployOrder[] orders) => new()
    {
        Version = SwarmProtocol.Version,
        Orders = [.. orders],
        Network = new SwarmNetwork { Subnet = IPNetwork.Parse("198.18.0.0/24"), Gateway = IPAddress.Parse("198.18.0.1"), Driver = NetworkDriver.Macvlan },
    };

    internal static MutateCommand Mutate(string name, params string[] services) => new()
    {
        Version = SwarmProtocol.Version,
        Orders = [new MutateOrder { OperationId = Guid.NewGuid(), Name = DeckyName.Parse(name), Services = [.. services] }],
    };

    internal static TeardownCommand Teardown(params string[] names) => new()
    {
        Version = SwarmProtocol.Version,
        Orders = [.. names.Select(name => new TeardownOrder(Guid.NewGuid(), DeckyName.Parse(name)))],
    };

    /// <summary>Deploys deckies, and waits until they run.</summary>
    internal async Task<CommandReply> DeployAsync(params DeployOrder[] orders)
    {
        var reply = await Agent.DeployAsync(Deploy(orders));
        await EndAsync(orders.Select(order => order.OperationId));
        return reply;
    }

    /// <summary>Waits until operations have ended.</summary>
    internal async Task<IReadOnlyList<Operation>> EndAsync(IEnumerable<Guid> ids)
    {
        Guid[] wanted = [.. ids];
        IReadOnlyList<Operation> found = [];
        await Eventually.TrueAsync(
            async () =>
            {
                found = await OperationsAsync(wanted);
                return found.Count == wanted.Length && found.All(operation => !operation.IsOpen);
            },
            TimeSpan.FromSeconds(60));
        return found;
    }

    internal Task<IReadOnlyList<Operation>> OperationsAsync(params Guid[] ids) =>
        Store.ListOperationsAsync(new OperationQuery { Ids = ids.Length > 0 ? ids : null });

    internal async Task<Fleet> FleetAsync() => ((DesiredState.Known)await File.LoadAsync()).Fleet;

    internal async Task<string> AddressOfAsync(string name) => (await FleetAsync()).Find(DeckyName.Parse(name))!.IPAddress.ToString();

    internal string[] Containers() => [.. Runtime.Containers.Select(container => container.Observed.Name).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        Options.Release();
        await Agent.DisposeAsync();
        await Service.DisposeAsync();
        if (ownsFolder || kind() == StoreKind.Sqlite)
        {
            await Store.DisposeAsync();
        }

        if (ownsFolder)
        {
            folder.Dispose();
        }
    }

    static async Task<IStateStore> OpenStoreAsync(StoreKind kind, TemporaryFolder folder, AgentLabOptions options) => kind == StoreKind.Memory
        ? new InMemoryStateStore(null, options.Clock)
        : await SqliteStateStore.OpenAsync(new StateFolder(folder.File("state")).Database, clock: options.Clock);

    FleetServiceOptions ServiceOptions() => new()
    {
        HostId = Host,
        Settle = TimeSpan.Zero,
        LockWait = Options.LockWait,
        Retry = new RetryOptions { Window = TimeSpan.Zero },
        Start = work => Task.Run(async () =>
        {
            await Options.Hold;
            return await work();
        }),
    };
}
