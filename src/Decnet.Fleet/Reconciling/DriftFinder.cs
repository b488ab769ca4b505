namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Tells in what a fleet differs from its file. It is read from the plan of a pass that may do everything, so that nothing is judged by
/// other rules than those of the reconciler. Pure: the same snapshot gives the same answer.
/// </summary>
public static class DriftFinder
{
    const string Running = "running";
    const string None = "none";

    /// <summary>Finds the differences. Orders to leave deckies alone, and waits between repairs, hide none.</summary>
    /// <param name="snapshot">What there is; fleet file and containers must be known.</param>
    /// <returns>The differences, ordered by decky; none when all is as it should be.</returns>
    /// <exception cref="ArgumentException">The fleet file or the containers are not known, so that nothing can be compared.</exception>
    public static IReadOnlyList<Drift> Find(FleetSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot is not { Desired: DesiredState.Known, Observed: ObservedState.Known })
        {
            throw new ArgumentException("Only a fleet whose file and containers are known can be compared.", nameof(snapshot));
        }

        var unhindered = snapshot.Unhindered();
        var plan = ReconcilePlanner.Plan(unhindered, new ReconcileOptions { Repair = RepairMode.Recreate });
        var drifts = plan.Holds.SelectMany(Of)
            .Concat(plan.Steps.Select(step => Of(unhindered, step)).OfType<Drift>())
            .Concat(Unwell(unhindered, plan))
            .Concat(Strays(plan));
        return [.. drifts.OrderBy(drift => drift.DeckyName, StringComparer.Ordinal)];
    }

    static IEnumerable<Drift> Of(PlanHold hold) => hold.Kind switch
    {
        HoldKind.OpenOperation => hold.Deckies.Select(name => Made(name, DriftKind.OperationOpen, "no open operation", "an open operation", hold.Reason)),
        HoldKind.InvalidDecky => hold.Deckies.Select(name => Made(name, DriftKind.DeckyInvalid, "valid", "not valid", hold.Reason)),
        _ => [],
    };

    static Drift? Of(FleetSnapshot snapshot, PlanStep step) => step.Action switch
    {
        PlanAction.Insert => Made(step, DriftKind.RowMissing, Token<DeckyState>.Of(step.State!.Value), None),
        PlanAction.Delete => Made(step, DriftKind.RowSurplus, None, Token<DeckyState>.Of(step.PreviousState!.Value)),
        PlanAction.UpdateState => Made(step, DriftKind.RowState, Token<DeckyState>.Of(step.State!.Value), Token<DeckyState>.Of(step.PreviousState!.Value)),
        PlanAction.UpdateConfig => OfConfig(snapshot, step),
        PlanAction.ReplaceDecky => OfBase(snapshot, step),
        PlanAction.StartContainer or PlanAction.ReplaceContainer => OfService(snapshot, step),
        PlanAction.RenameContainer => Made(step, DriftKind.ContainerRenamed, step.Container!, Find(snapshot, step)!.Name),
        PlanAction.RemoveContainer => Made(step, DriftKind.ContainerSurplus, None, Text(Find(snapshot, step)!)),
        // The words of a reason may tell of attempts that only the process knows that made them.
        _ => null,
    };

    static Drift OfConfig(FleetSnapshot snapshot, PlanStep step)
    {
        var position = snapshot.Index.Find(step.DeckyName);
        var wanted = snapshot.Index.Subjects[position].Blueprint!;
        var row = snapshot.Recorded.Rows[snapshot.Index.RowOf(position)];
        return !row.IPAddress.Equals(wanted.Decky.IPAddress) ? Made(step, DriftKind.RowConfig, wanted.Decky.IPAddress.ToString(), row.IPAddress.ToString())
            : !row.Services.Equals(wanted.Decky.Services) ? Made(step, DriftKind.RowConfig, wanted.Decky.Services.ToString(), row.Services.ToString())
            : Made(step, DriftKind.RowConfig, Text(wanted.ConfigHash), Text(row.ConfigHash));
    }

    static Drift OfBase(FleetSnapshot snapshot, PlanStep step)
    {
        var position = snapshot.Index.Find(step.DeckyName);
        var containers = snapshot.Index.ContainersOf(position);
        var expectedHash = snapshot.Index.Subjects[position].Blueprint!.Base.ConfigHash;
        return DeckyContainers.FindBase(step.DeckyName, containers) switch
        {
            null => Made(step, containers.IsEmpty ? DriftKind.DeckyMissing : DriftKind.BaseMissing, Running, None),
            var found when DeckyJudge.IsOutdated(found, expectedHash) => Made(step, DriftKind.BaseChanged, Text(expectedHash), Text(found.ConfigHash!), found),
            { State: ContainerState.Running } found => Made(step, DriftKind.BaseDisconnected, "in the network", "not in the network", found),
            var found => Made(step, DriftKind.BaseDead, Running, Text(found), found),
        };
    }

    static Drift OfService(FleetSnapshot snapshot, PlanStep step)
    {
        var blueprint = snapshot.Index.Subjects[snapshot.Index.Find(step.DeckyName)].Blueprint!;
        var expectedHash = blueprint.Services.First(service => service.ServiceName == step.ServiceName).ConfigHash;
        return Find(snapshot, step) switch
        {
            null => Made(step, DriftKind.ContainerMissing, Running, None),
            var found when DeckyJudge.IsOutdated(found, expectedHash) => Made(step, DriftKind.ContainerChanged, Text(expectedHash), Text(found.ConfigHash!)),
            { State: ContainerState.Running } => Made(step, DriftKind.ContainerCutOff, "in the network", "not in the network"),
            var found => Made(step, DriftKind.ContainerStopped, Running, Text(found)),
        };
    }

    /// <summary>Deckies that do not run although there is nothing to repair.</summary>
    static IEnumerable<Drift> Unwell(FleetSnapshot snapshot, ReconcilePlan plan)
    {
        var explained = plan.Steps.Where(step => !step.IsRecord).Select(step => step.DeckyName)
            .Concat(plan.Holds.SelectMany(hold => hold.Deckies))
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < snapshot.Index.Subjects.Length; i++)
        {
            var name = snapshot.Index.Subjects[i].Name.Value;
            if (!explained.Contains(name) && Judge(snapshot, i) is { State: not DeckyState.Running } judged)
            {
                yield return Made(name, DriftKind.DeckyNotRunning, Running, Token<DeckyState>.Of(judged.State), judged.Reason);
            }
        }
    }

    static (DeckyState State, string Reason) Judge(FleetSnapshot snapshot, int position)
    {
        var writer = new ReasonWriter(stackalloc char[ReasonWriter.Capacity]);
        var state = DeckyJudge.Judge(snapshot.Index.Subjects[position], snapshot.Index.ContainersOf(position), ref writer);
        return (state, writer.ToText(null) ?? Token<DeckyState>.Of(state));
    }

    static IEnumerable<Drift> Strays(ReconcilePlan plan)
    {
        var known = plan.Steps.Select(step => step.ContainerId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return plan.Strays.Where(stray => !known.Contains(stray.Id)).Select(stray => Made(
            stray.DeckyName, DriftKind.Stray, None, Text(stray), $"{stray.Name} carries our labels, and no decky of the fleet is called {stray.DeckyName}") with
        {
            Container = stray.Name,
        });
    }

    static ObservedContainer? Find(FleetSnapshot snapshot, PlanStep step)
    {
        var position = snapshot.Index.Find(step.DeckyName);
        IEnumerable<ObservedContainer> containers = position < 0 ? snapshot.Index.Unclaimed : snapshot.Index.ContainersOf(position).ToArray();
        return containers.FirstOrDefault(container => container.Id == step.ContainerId);
    }

    static string Text(ObservedContainer container) => container is { State: ContainerState.Exited or ContainerState.Dead, ExitCode: { } code }
        ? string.Create(CultureInfo.InvariantCulture, $"{Token<ContainerState>.Of(container.State)} ({code})")
        : Token<ContainerState>.Of(container.State);

    static string Text(string hash) => $"configuration {hash[..Math.Min(hash.Length, 12)]}";

    static Drift Made(PlanStep step, DriftKind kind, string expected, string actual, ObservedContainer? container = null) =>
        Made(step.DeckyName, kind, expected, actual, step.Reason) with { Container = container?.Name ?? step.Container };

    static Drift Made(string decky, DriftKind kind, string expected, string actual, string reason) =>
        new() { DeckyName = decky, Kind = kind, Expected = expected, Actual = actual, Reason = reason };
}
