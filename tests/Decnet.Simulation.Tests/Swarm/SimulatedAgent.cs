namespace Decnet.Simulation.Tests.Swarm;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Simulation.Tests.Simulating.Checking;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>A host: disk, store and containers that stay, and the process of its agent, which comes and goes.</summary>
internal sealed class SimulatedAgent : IAsyncDisposable
{
    readonly SwarmWorld world;
    readonly SimulatedDisk disk = new();
    readonly StoreHouse stores;
    readonly EventReplay replay = new();
    readonly OperationLedger ledger = new();
    readonly IPNetwork lan;
    Queue<Func<Task>> begun = new();
    IStateStore? own;
    int processes;

    internal SimulatedAgent(SwarmWorld world, int number)
    {
        this.world = world;
        HostId = HostId.Parse($"host-{number}");
        lan = IPNetwork.Parse($"198.18.{number * 10}.0/24");
        stores = new StoreHouse(world.Kind, world.Clock);
        Engine = new InMemoryContainerRuntime(HostId, world.Clock);
    }

    internal HostId HostId { get; }

    internal InMemoryContainerRuntime Engine { get; }

    internal IoGate Gate { get; private set; } = null!;

    internal AgentService Service { get; private set; } = null!;

    internal HostReporter Reporter { get; private set; } = null!;

    /// <summary>The store, seen by nobody but the checks.</summary>
    internal IStateStore Store { get; private set; } = null!;

    internal FleetFile File { get; private set; } = null!;

    OperationSweeper Sweeper { get; set; } = null!;

    Reconciler Reconciler { get; set; } = null!;

    /// <summary>Starts a process on what there is.</summary>
    internal async Task StartAsync()
    {
        Store ??= await stores.OpenAsync();
        if (own is not null)
        {
            await stores.CloseAsync(own);
        }

        own = await stores.OpenAsync();
        begun = new Queue<Func<Task>>();
        Gate = new IoGate($"{HostId}#{++processes}", world.Trace) { StepsAtOnce = true };
        Gate.Died = () => disk.ReleaseLocksOf(Gate.Process);
        var random = new Random(world.Random.Next());
        var store = GatedCalls<IStateStore>.Of(own, Gate);
        var events = GatedCalls<IEventLog>.Of((IEventLog)own, Gate);
        var runtime = GatedCalls<IContainerRuntime>.Of(Engine, Gate);
        var files = new SimulatedFiles(disk, Gate, random);
        var file = new FleetFile("/state/decnet-state.json", null, world.Clock, null, files, random);
        File = file;
        var work = new DiskWorkLock(files, world.Clock, random);
        var queue = begun;
        var options = new FleetServiceOptions
        {
            HostId = HostId,
            Parallelism = 1,
            Applier = new ContainerApplierOptions { Parallelism = 1 },
            LockWait = TimeSpan.Zero,
            Retry = new RetryOptions { Window = TimeSpan.Zero },
            Settle = TimeSpan.Zero,
            Start = start =>
            {
                var end = new TaskCompletionSource<FleetWorkResult>();
                queue.Enqueue(async () => end.TrySetResult(await start()));
                return end.Task;
            },
        };
        var service = new FleetService(file, store, runtime, work, options, world.Clock, random);
        Sweeper = new OperationSweeper(store, work, HostId, null, world.Clock);
        Reconciler = new Reconciler(file, store, runtime, new ReconcilerOptions { HostId = HostId, RepairParallelism = 1, Applier = options.Applier }, world.Clock, random, null, work);
        Reporter = new HostReporter(store, events, file, new HostReporterOptions { HostId = HostId, AgentVersion = "1" }, world.Clock);
        var facts = new HostNetworkFacts { Interface = "eth0", Address = IPAddress.Parse($"{lan.BaseAddress.ToString()[..^1]}5"), Subnet = lan, Gateway = IPAddress.Parse($"{lan.BaseAddress.ToString()[..^1]}1") };
        var relocalizer = new Relocalizer(new RelocalizerOptions { HostId = HostId, Detect = (_, _) => Task.FromResult(facts) });
        Service = new AgentService(service, file, store, Sweeper, relocalizer, Reporter, new AgentServiceOptions { HostId = HostId }, world.Clock);
    }

    /// <summary>Lets the process do something, in the midst of which it may end.</summary>
    /// <returns>False when it ended; a new one has been started then.</returns>
    internal async Task<bool> RunAsync(Func<Task> body, int crash = 12)
    {
        var gate = Gate;
        world.Endanger(gate, crash);
        try
        {
            await body();
        }
        catch (Exception error) when (error is SimulatedCrash || gate.IsDead)
        {
            // What the dead process would have said, nobody hears.
        }

        gate.StayAlive();
        if (!gate.IsDead)
        {
            return true;
        }

        world.Statistics.Crashes++;
        await StartAsync();
        return false;
    }

    /// <summary>Goes on with what commands have begun.</summary>
    internal async Task WorkAsync()
    {
        while (begun.TryDequeue(out var work))
        {
            if (!await RunAsync(work))
            {
                return;
            }
        }
    }

    internal Task SweepAsync() => RunAsync(() => Sweeper.SweepAsync());

    internal Task PassAsync(RepairMode repair) => RunAsync(() => Reconciler.ReconcileAsync(new ReconcileOptions { Repair = repair }));

    internal void Disturb()
    {
        var running = Engine.Containers.Where(container => container.Observed.State == ContainerState.Running).Select(container => container.Observed.Name).Order(StringComparer.Ordinal).ToArray();
        if (running.Length > 0)
        {
            Engine.Crash(running[world.Random.Next(running.Length)]);
        }
    }

    internal async Task KillAsync()
    {
        Gate.Kill();
        world.Statistics.Crashes++;
        await StartAsync();
    }

    internal async Task CheckAsync()
    {
        await ledger.CheckAsync(Store);
        await replay.CheckAsync(Store);
    }

    public async ValueTask DisposeAsync() => await stores.DisposeAsync();
}
