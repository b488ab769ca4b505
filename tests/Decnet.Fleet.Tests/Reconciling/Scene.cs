namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;

/// <summary>A converged host that a test disturbs before it asks for the plan.</summary>
internal sealed class Scene
{
    internal Scene(params Decky[] deckies)
    {
        Fleet = Sample.Fleet(deckies.Length == 0 ? Sample.Deckies(3) : deckies);
        var composer = new DeckyComposer(FleetCatalog.BuiltIn);
        Blueprints = Fleet.Deckies.ToDictionary(decky => decky.Name.Value, decky => composer.Compose(Fleet, decky));
        Rows = [.. Blueprints.Values.Select(blueprint => Sample.Row(blueprint))];
        Containers = [.. Blueprints.Values.SelectMany(Sample.Containers)];
        Desired = Sample.Known(Fleet);
    }

    internal Fleet Fleet { get; }

    internal Dictionary<string, DeckyBlueprint> Blueprints { get; }

    internal DesiredState Desired { get; set; }

    internal List<DeckyRow> Rows { get; }

    internal List<Operation> Operations { get; } = [];

    internal List<ObservedContainer> Containers { get; }

    internal string? Unreachable { get; set; }

    internal Dictionary<DeckyName, RepairHistory> Repairs { get; } = [];

    internal FleetSnapshot Snapshot() => FleetSnapshot.Create(
        HostId.Local,
        Desired,
        Sample.Recorded(Rows, Operations),
        Unreachable is null ? new ObservedState.Known([.. Containers]) : new ObservedState.Unreachable(Unreachable),
        Sample.Now,
        Repairs);

    internal ReconcilePlan Plan(ReconcileOptions? options = null) => ReconcilePlanner.Plan(Snapshot(), options);

    internal ReconcilePlan Plan(RepairMode repair) => Plan(new ReconcileOptions { Repair = repair });

    internal void Change(string container, Func<ObservedContainer, ObservedContainer> change)
    {
        var at = Containers.FindIndex(candidate => candidate.Name == container);
        Containers[at] = change(Containers[at]);
    }

    internal void Stop(string container, int exitCode = 1) =>
        Change(container, found => found with { State = ContainerState.Exited, ExitCode = exitCode });

    internal void Lose(string container) => Containers.RemoveAll(candidate => candidate.Name == container);

    internal void Want(params IEnumerable<Decky> deckies) => Desired = Sample.Known(Sample.Fleet(deckies), 2);
}
