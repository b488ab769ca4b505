namespace Decnet.Benchmarks;

using BenchmarkDotNet.Attributes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

/// <summary>
/// The first pass over 1,000 deckies on SQLite, journal WAL, synchronous FULL: all rows and events in one transaction,
/// against the way of a transaction a row.
/// </summary>
public class FirstPassBenchmarks
{
    const int Deckies = 1_000;

    string folder = null!;
    IFleetFile file = null!;
    StateChange[] rows = null!;
    SqliteStateStore store = null!;
    Reconciler reconciler = null!;
    int run;

    [GlobalSetup]
    public void Setup()
    {
        folder = Directory.CreateTempSubdirectory("decnet-bench-").FullName;
        var fleet = Fleets.Build(Deckies);
        file = new FleetFile(Path.Combine(folder, "decnet-state.json"));
        file.SaveAsync(fleet).GetAwaiter().GetResult();
        var composer = new DeckyComposer(FleetCatalog.BuiltIn);
        rows =
        [
            .. fleet.Deckies.Select(decky => composer.Compose(fleet, decky)).Select(blueprint => new StateChange.InsertDecky(Fleets.Row(blueprint))
            {
                Events = [StateEvent.Draft(HostId.Local, blueprint.Decky.Name, "inserted", DeckyState.TornDown, null, "no container exists")],
            }),
        ];
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [IterationSetup]
    public void Open()
    {
        store = SqliteStateStore.OpenAsync(Path.Combine(folder, $"{++run}", "decnet.db")).GetAwaiter().GetResult();
        reconciler = new Reconciler(file, store, new InMemoryContainerRuntime(HostId.Local));
        // Loads the file and composes its deckies, as the process of a worker has done before the pass that matters.
        reconciler.PlanAsync().GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void Close()
    {
        reconciler.Dispose();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true)]
    public Task<CommitResult> Writes() => store.CommitAsync(rows, DateTimeOffset.UnixEpoch);

    [Benchmark]
    public Task<ReconcileResult> WholePass() => reconciler.ReconcileAsync();

    [Benchmark]
    public async Task TransactionPerRow()
    {
        foreach (var row in rows)
        {
            await store.CommitAsync([row], DateTimeOffset.UnixEpoch);
        }
    }
}
