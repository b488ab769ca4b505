namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;
using Decnet.Testing;

/// <summary>What outlives a process: clock, disk, store, containers, and those who check them.</summary>
internal sealed class World : IAsyncDisposable
{
    const string FilePath = "/state/decnet-state.json";

    readonly StoreHouse stores;
    readonly List<IStateStore> storesOfProcess = [];
    readonly EventReplay replay = new();
    int processes;

    World(int seed, StoreKind kind, int keptLines)
    {
        Random = new Random(seed);
        Trace = new Trace(keptLines);
        Engine = new InMemoryContainerRuntime(HostId.Local, Clock);
        Foreign = new ForeignContainers(Engine);
        File = new FileLedger(Disk, FilePath);
        stores = new StoreHouse(kind, Clock);
    }

    internal Random Random { get; }

    internal FakeTimeProvider Clock { get; } = new();

    internal SimulatedDisk Disk { get; } = new();

    internal InMemoryContainerRuntime Engine { get; }

    internal ForeignContainers Foreign { get; }

    internal FileLedger File { get; }

    internal OperationLedger Operations { get; } = new();

    internal Trace Trace { get; }

    internal SimulationStatistics Statistics { get; } = new();

    /// <summary>The store, seen by nobody but the checks.</summary>
    internal IStateStore Store { get; private set; } = null!;

    /// <summary>The process that acts when only one does.</summary>
    internal SimulatedProcess Process { get; private set; } = null!;

    internal static async Task<World> CreateAsync(int seed, StoreKind kind, int keptLines)
    {
        var world = new World(seed, kind, keptLines);
        world.Store = await world.stores.OpenAsync();
        world.Process = await world.StartProcessAsync();
        return world;
    }

    /// <summary>How often containers were changed by nobody of Decnet.</summary>
    internal long Disturbances { get; set; }

    /// <summary>Whether more than one process is at work.</summary>
    internal bool SeveralAct { get; private set; }

    /// <summary>Whether more than one process is at work, and one of them takes no work lock.</summary>
    internal bool SomeActUnlocked { get; private set; }

    /// <summary>Starts one more process.</summary>
    /// <param name="locks">Whether its passes share the host with others; those of embedders may not.</param>
    internal async Task<SimulatedProcess> StartProcessAsync(bool locks = true)
    {
        var store = await stores.OpenAsync();
        storesOfProcess.Add(store);
        var process = new SimulatedProcess(this, $"p{++processes}", store, Random.Next(), locks);
        process.Gate.Died = () => Disk.ReleaseLocksOf(process.Gate.Process);
        return process;
    }

    /// <summary>Lets processes act at the same time, step by step in any order, to their ends or deaths. After that one of them goes on.</summary>
    /// <param name="actors">The processes, of which the first is <see cref="Process"/>, and what each does.</param>
    /// <param name="between">What happens between two steps.</param>
    internal async Task PlayAsync(IReadOnlyList<(SimulatedProcess Process, Func<Task> Body)> actors, Action between)
    {
        SeveralAct = actors.Count > 1;
        SomeActUnlocked = SeveralAct && actors.Any(actor => !actor.Process.Work.NeedsLock);
        foreach (var (process, _) in actors.Where(_ => SeveralAct))
        {
            process.CommitRules.Truth = null;
        }

        new TurnScheduler(Random, Clock).Run([.. actors.Select(actor => (actor.Process.Gate, actor.Body))], between);
        SeveralAct = SomeActUnlocked = false;
        var dead = actors.Where(actor => actor.Process.Gate.IsDead).ToArray();
        Statistics.Crashes += dead.Length;
        Statistics.CrashesInOperations += dead.Count(actor => actor.Process.Work.HasLock && actor.Process.Work.Order is not null);
        if (dead.Any(actor => actor.Process.Gate.LosesPower))
        {
            LosePower();
        }

        foreach (var (process, _) in actors)
        {
            process.Gate.StayAlive();
            process.Files.Recover();
            process.Store.LockedFor = 0;
        }

        if (actors.Count > 1 || dead.Length > 0)
        {
            await RestartAsync();
        }
    }

    internal async Task RestartAsync()
    {
        foreach (var store in storesOfProcess)
        {
            await stores.CloseAsync(store);
        }

        storesOfProcess.Clear();
        Process = await StartProcessAsync();
    }

    /// <summary>Lets the process do something in the midst of which it may crash, and starts the next one if it did.</summary>
    /// <returns>Whether it came to its end.</returns>
    internal async Task<bool> RunAsync(Func<SimulatedProcess, Task> body, double crash = 0.25)
    {
        var gate = Process.Gate;
        if (Random.NextDouble() < crash)
        {
            gate.CrashIn(Random.Next(Random.Next(2) == 0 ? 8 : 30), Random.Next(2) == 0, Random.Next(4) == 0);
        }

        var faults = ArmFaults();
        try
        {
            await body(Process);
            return !gate.IsDead;
        }
        catch (SimulatedCrash)
        {
            return false;
        }
        catch (Exception error) when (faults && error is StateStoreException or FleetFileException)
        {
            Trace.Add($"  {error.GetType().Name}");
            return false;
        }
        finally
        {
            await EndAsync(gate);
        }
    }

    async Task EndAsync(IoGate gate)
    {
        gate.StayAlive();
        Process.Files.Recover();
        Process.Store.LockedFor = 0;
        if (gate.IsDead)
        {
            Statistics.Crashes++;
            if (gate.LosesPower)
            {
                LosePower();
            }

            await RestartAsync();
        }
    }

    internal void LosePower()
    {
        Statistics.PowerLosses++;
        Trace.Add($"  power lost, {Disk.LosePower(Random)} changes of the folder with it");
        File.Check();
        File.Settle();
    }

    internal void Count(ReconcileResult result)
    {
        Statistics.Passes++;
        Statistics.Repairs += result.Repaired;
        Statistics.Holds += result.Holds.Count;
        var kinds = string.Join(' ', result.Holds.Select(hold => hold.Kind));
        Trace.Add($"  +{result.Inserted} -{result.Deleted} ~{result.StateUpdated} ={result.ConfigUpdated} repaired {result.Repaired} held [{kinds}]");
    }

    internal async Task CheckAsync()
    {
        File.Check();
        Foreign.Check();
        await Operations.CheckAsync(Store);
        await replay.CheckAsync(Store);
        Statistics.Events = replay.Events;
        Statistics.Calls = Trace.Lines;
        Statistics.Operations.Clear();
        foreach (var outcome in await Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue }))
        {
            var kind = $"{Token<OperationKind>.Of(outcome.Kind)} {Token<OperationStatus>.Of(outcome.Status)}";
            Statistics.Operations[kind] = Statistics.Operations.GetValueOrDefault(kind) + 1;
        }
    }

    public ValueTask DisposeAsync() => stores.DisposeAsync();

    /// <summary>Sometimes the store is locked by others, or the disk is full.</summary>
    bool ArmFaults()
    {
        switch (Random.Next(20))
        {
            case 0:
                Process.Store.LockedFor = 1;
                return true;
            case 1:
                Process.Files.FailIn(Random.Next(6));
                return true;
            default:
                return false;
        }
    }
}
