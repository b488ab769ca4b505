namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Simulation.Tests.Simulating.Checking;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>The master's machine: disk, store and containers that stay, the process that listens to hosts, and those that operators start.</summary>
internal sealed class SimulatedMaster(SwarmWorld world) : IAsyncDisposable
{
    readonly SimulatedDisk disk = new();
    readonly StoreHouse stores = new(world.Kind, world.Clock);
    readonly InMemoryContainerRuntime engine = new(HostId.Local, world.Clock);
    readonly EventReplay replay = new();
    readonly OperationLedger ledger = new();
    readonly List<IStateStore> opened = [];
    int processes;

    /// <summary>The store, seen by nobody but the checks.</summary>
    internal IStateStore Store { get; private set; } = null!;

    /// <summary>The file as it is on the disk, seen by nobody but the checks.</summary>
    internal FleetFile File { get; private set; } = null!;

    IoGate Gate { get; set; } = null!;

    HostLedger Ledger { get; set; } = null!;

    HostWatch Watch { get; set; } = null!;

    internal async Task StartAsync()
    {
        if (Store is null)
        {
            Store = await stores.OpenAsync();
            File = new FleetFile("/state/decnet-state.json", null, world.Clock, null, new SimulatedFiles(disk, new IoGate("nobody", new Trace(0)), new Random(1)));
        }

        var (store, events, _, files, random) = await OpenAsync("master");
        var file = new FleetFile("/state/decnet-state.json", null, world.Clock, null, files, random);
        var options = new HostLedgerOptions { BeatDelay = world.Random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(1) };
        Ledger = new HostLedger(store, events, file, new DiskWorkLock(files, world.Clock, random), new NoCertificates(), options, world.Clock);
        Watch = new HostWatch(store, events, file, new HostWatchOptions(), world.Clock);
    }

    internal Task AddHostAsync(HostId host) => Store.CommitAsync(
        [
            new StateChange.PutHost(new FleetHost
            {
                HostId = host,
                Name = host.Value,
                Address = "198.18.250.1",
                AgentPort = SwarmProtocol.AgentPort,
                Fingerprint = new string('a', 64),
                EnrolledAt = world.Clock.GetUtcNow(),
            }),
        ],
        world.Clock.GetUtcNow());

    /// <summary>Takes a report in, in the midst of which the process may end.</summary>
    /// <returns>Whether the host hears that it was stored.</returns>
    internal Task<bool> ReceiveAsync(HostId peer, HostReport report) => RunAsync(() => Ledger.ReceiveAsync(peer, report));

    internal Task LookAsync() => RunAsync(() => Watch.LookAsync());

    internal async Task RestartAsync()
    {
        Gate.Kill();
        world.Statistics.Crashes++;
        await StartAsync();
    }

    /// <summary>An operator's program, which begins, waits until its hosts have answered, and ends, or is ended.</summary>
    internal async Task OperateAsync(Func<FleetService, Task> order)
    {
        var listening = Gate;
        var (store, _, runtime, files, random) = await OpenAsync("cli");
        var gate = Gate;
        Gate = listening;
        world.Endanger(gate, 15);
        var options = new FleetServiceOptions
        {
            Parallelism = 1,
            Applier = new ContainerApplierOptions { Parallelism = 1 },
            LockWait = TimeSpan.Zero,
            Retry = new RetryOptions { Window = TimeSpan.Zero },
            Settle = TimeSpan.Zero,
            Exposure = ExposureBudget.OfCount(2),
            Deadlines = new OperationDeadlines { Deploy = TimeSpan.FromMinutes(10), Mutate = TimeSpan.FromMinutes(5), Teardown = TimeSpan.FromMinutes(5) },
            Start = work => work(),
            Strategies = SwarmStrategies.Create(
                store,
                world.Link,
                new SwarmOptions { Parallelism = 1, Retry = new RetryOptions { Window = TimeSpan.FromSeconds(4), FirstDelay = TimeSpan.FromSeconds(1) } },
                new JumpingClock(world.Clock),
                random),
        };
        var file = new FleetFile("/state/decnet-state.json", null, world.Clock, null, files, random);
        try
        {
            await order(new FleetService(file, store, runtime, new DiskWorkLock(files, world.Clock, random), options, world.Clock, random));
        }
        catch (Exception error) when (error is SimulatedCrash || gate.IsDead)
        {
            world.Trace.Add("  the operator's program ended");
        }
        catch (Exception error) when (error is DecnetException)
        {
            world.Trace.Add($"  refused: {error.GetType().Name}");
        }

        world.Statistics.Crashes += gate.IsDead ? 1 : 0;
        gate.Kill();
    }

    internal async Task<Fleet?> FleetAsync() => (await File.LoadAsync() as DesiredState.Known)?.Fleet;

    internal async Task CheckAsync()
    {
        await ledger.CheckAsync(Store);
        await replay.CheckAsync(Store);
    }

    public async ValueTask DisposeAsync() => await stores.DisposeAsync();

    async Task<bool> RunAsync(Func<Task> body)
    {
        var gate = Gate;
        world.Endanger(gate, 8);
        try
        {
            await body();
        }
        catch (Exception error) when (error is SimulatedCrash || gate.IsDead)
        {
            // The host gets no answer.
        }
        catch (FleetLockedException)
        {
            return false;
        }

        gate.StayAlive();
        if (gate.IsDead)
        {
            world.Statistics.Crashes++;
            await StartAsync();
            return false;
        }

        return true;
    }

    async Task<(IStateStore Store, IEventLog Events, IContainerRuntime Runtime, SimulatedFiles Files, Random Random)> OpenAsync(string name)
    {
        var gate = new IoGate($"{name}#{++processes}", world.Trace) { StepsAtOnce = true };
        gate.Died = () => disk.ReleaseLocksOf(gate.Process);
        Gate = gate;
        var random = new Random(world.Random.Next());
        var store = await stores.OpenAsync();
        opened.Add(store);
        return (
            GatedCalls<IStateStore>.Of(store, gate),
            GatedCalls<IEventLog>.Of((IEventLog)store, gate),
            GatedCalls<IContainerRuntime>.Of(engine, gate),
            new SimulatedFiles(disk, gate, random),
            random);
    }
}
