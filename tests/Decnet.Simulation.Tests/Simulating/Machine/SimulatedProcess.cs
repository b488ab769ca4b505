namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>One process of Decnet: the real fleet file, reconciler and their memory, between proxies that can end it.</summary>
internal sealed class SimulatedProcess
{
    /// <summary>One step at a time, so that a seed repeats its run.</summary>
    internal static readonly ContainerApplierOptions Applier = new() { Parallelism = 1 };

    internal SimulatedProcess(World world, string name, IStateStore store, int seed)
    {
        Gate = new IoGate(name, world.Trace);
        Knowledge = new RuntimeRules(world.Engine, world.Foreign);
        CommitRules = new CommitRules(store, Knowledge, world.Clock) { Truth = () => world.File.Current };
        RuntimeSignals = new SignalSource<RuntimeSignal>(() => SignalsChanged?.Invoke());
        FileSignals = new SignalSource<FleetFileSignal>(() => SignalsChanged?.Invoke());
        Control = new SignalSource<DecnetEvent>(() => SignalsChanged?.Invoke());
        Runtime = new WatchedRuntime(world.Engine, Gate, world.Trace, Knowledge, RuntimeSignals) { TellsLostNetworks = seed % 4 != 0 };
        Store = new WatchedStore(store, Gate, world.Trace, CommitRules, Control);
        Files = new SimulatedFiles(world.Disk, Gate, new Random(seed)) { Bystander = world.File.Check };
        var file = new FleetFile(world.File.Path, null, world.Clock, null, Files, new Random(seed));
        File = new WatchedFleetFile(file, Knowledge, world.File, FileSignals);
        Reconciler = new Reconciler(
            File, Store, Runtime, new ReconcilerOptions { RepairParallelism = 1, Applier = Applier }, world.Clock, new Random(seed));
    }

    internal IoGate Gate { get; }

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
