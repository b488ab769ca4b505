namespace Decnet.Benchmarks;

using BenchmarkDotNet.Attributes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>A converged host: joining the three states, and the plan itself. Three containers a decky.</summary>
public class PlannerBenchmarks
{
    readonly SubjectCache cache = new(HostId.Local, new DeckyBlueprints(DeckyComposer.DefaultDecoyImage));
    DesiredState desired = null!;
    RecordedState recorded = null!;
    ObservedState observed = null!;
    FleetSnapshot snapshot = null!;

    [Params(1_000, 10_000)]
    public int Deckies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var fleet = Fleets.Build(Deckies);
        var composer = new DeckyComposer(FleetCatalog.BuiltIn);
        var blueprints = fleet.Deckies.Select(decky => composer.Compose(fleet, decky)).ToArray();
        desired = Fleets.Desired(fleet);
        recorded = new RecordedState { HostId = HostId.Local, Rows = [.. blueprints.Select(Fleets.Row)], OpenOperations = [] };
        observed = new ObservedState.Known([.. blueprints.SelectMany(Fleets.Containers)]);
        snapshot = Snapshot();
        if (!ReconcilePlanner.Plan(snapshot).IsConverged)
        {
            throw new InvalidOperationException("The benchmark is about a converged host.");
        }
    }

    [Benchmark]
    public FleetSnapshot Snapshot() =>
        FleetSnapshot.Create(HostId.Local, desired, recorded, observed, DateTimeOffset.UnixEpoch, null, cache);

    [Benchmark]
    public ReconcilePlan Plan() => ReconcilePlanner.Plan(snapshot, new ReconcileOptions { Repair = RepairMode.Recreate });

    [Benchmark]
    public ReconcilePlan SnapshotAndPlan() => ReconcilePlanner.Plan(Snapshot(), new ReconcileOptions { Repair = RepairMode.Recreate });
}
