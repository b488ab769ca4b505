namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>One process of Decnet: the real fleet file, reconciler and their memory, between proxies that can end it.</summary>
internal sealed class SimulatedProcess
{
    /// <summary>One step at a time, so that a seed repeats its run.</summary>
    internal static readonly ContainerApplierOptions Applier = new() { Parallelism = 1 };

    internal SimulatedProcess(World world, string name, IStateStore store, int seed, bool locks)
    {
        Gate = new IoGate(name, world.Trace);
        Knowledge = new RuntimeRules(world.Engine, world.Foreign, () => world.SomeActUnlocked);
        Work = new WorkRules(world, Gate, store, Knowledge);
        CommitRules = new CommitRules(store, Knowledge) { Truth = () => world.File.Current };
        RuntimeSignals = new SignalSource<RuntimeSignal>(() => SignalsChanged?.Invoke());
        FileSignals = new SignalSource<FleetFileSignal>(() => SignalsChanged?.Invoke());
        Control = new SignalSource<DecnetEvent>(() => SignalsChanged?.Invoke());
        Runtime = new WatchedRuntime(world.Engine, Gate, world.Trace, Knowledge, Work, RuntimeSignals) { TellsLostNetworks = seed % 4 != 0 };
        Store = new WatchedStore(store, Gate, world.Trace, CommitRules, Work, Control);
        Files = new SimulatedFiles(world.Disk, Gate, new Random(seed)) { Bystander = world.File.Check };
        var file = new FleetFile(world.File.Path, null, world.Clock, null, Files, new Random(seed));
        File = new WatchedFleetFile(file, Files, Knowledge, world.File, FileSignals);
        File.Written = Work.FileWritten;
        Lock = new SimulatedWorkLock(Files, Gate, Work, world.Clock, new Random(seed));
        Reconciler = new Reconciler(
            File, Store, Runtime, new ReconcilerOptions { RepairParallelism = 1, Applier = Applier }, world.Clock, new Random(seed), null, locks ? Lock : null);
        Work.NeedsLock = locks;
        var lanes = 1 + (seed % 3);
        Sweeper = new OperationSweeper(Store, Lock, HostId.Local, null, world.Clock);
        Service = new FleetService(File, Store, Runtime, Lock, Options(lanes), world.Clock, new Random(seed));
        Mutator = new Mutator(Service, File, Store, HostId.Local, null, world.Clock);
    }

    internal static readonly ExposureBudget Exposure = ExposureBudget.OfCount(2);

    /// <summary>Work goes on in the turn of the call that began it; deadlines are near enough to pass.</summary>
    static FleetServiceOptions Options(int lanes) => new()
    {
        Parallelism = lanes,
        Applier = new ContainerApplierOptions { Parallelism = lanes },
        Start = work => work(),
        Deadlines = new OperationDeadlines { Deploy = TimeSpan.FromMinutes(10), Mutate = TimeSpan.FromMinutes(5), Teardown = TimeSpan.FromMinutes(2) },
        Exposure = Exposure,
    };

    internal IoGate Gate { get; }

    internal WorkRules Work { get; }

    internal SimulatedWorkLock Lock { get; }

    internal FleetService Service { get; }

    internal OperationSweeper Sweeper { get; }

    internal Mutator Mutator { get; }

    internal RuntimeRules Knowledge { get; }

    internal CommitRules CommitRules { get; }

    internal SimulatedFiles Files { get; }

    internal WatchedFleetFile File { get; }

    internal WatchedStore Store { get; }

    internal WatchedRuntime Runtime { get; }

    internal Reconciler Reconciler { get; }

    internal SignalSource<RuntimeSignal> RuntimeSignals { get; }

    internal SignalSource<FleetFileSignal> FileSignals { get; }

    internal SignalSource<DecnetEvent> Control { get; }

    internal Action? SignalsChanged { get; set; }
}
