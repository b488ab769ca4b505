namespace Decnet.Fleet.Operations;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>Compares the fleet that shall be with the one that is. Pure.</summary>
internal static class DeployPlanner
{
    /// <summary>Makes the plan.</summary>
    /// <param name="ground">How snapshots are made.</param>
    /// <param name="current">What the fleet file says.</param>
    /// <param name="sight">What is recorded and what runs.</param>
    /// <param name="joined">The fleet to be, as <see cref="FleetMerge"/> gives it.</param>
    /// <param name="asked">The deckies that are asked for, by host and name.</param>
    /// <param name="options">How it is deployed.</param>
    internal static DeployPlan Plan(
        FleetGround ground, DesiredState current, Sight sight, Fleet joined, IReadOnlySet<(HostId, DeckyName)> asked, DeployOptions options)
    {
        var known = current as DesiredState.Known;
        var before = known?.Fleet.Deckies.ToDictionary(Key) ?? [];
        var wanted = joined.Deckies.Where(decky => asked.Contains(Key(decky))).ToArray();
        var steps = Steps(ground, joined, [.. wanted.Where(decky => Key(decky).Item1 == ground.HostId)], sight);
        var items = wanted.Select(decky => Item(Key(decky).Item1, decky, before.GetValueOrDefault(Key(decky)), steps, sight)).ToList();
        var stay = joined.Deckies.Select(Key).ToHashSet();
        items.AddRange(before.Values.Where(decky => !stay.Contains(Key(decky))).Select(decky => Removal(Key(decky).Item1, decky.Name, "it is not in the fleet any more", sight)));
        items.AddRange(LeftOver(ground, current, sight, joined, options).Select(row => Removal(row.HostId, row.Name, "it is left of an earlier fleet", sight)));
        return new DeployPlan
        {
            Fleet = joined,
            Generation = known?.Generation ?? 0,
            Deckies = [.. items],
            Notes = sight.Observed is ObservedState.Unreachable unreachable ? [$"The engine could not be asked: {unreachable.Reason}"] : [],
        };

        (HostId, DeckyName) Key(Decky decky) => (decky.EffectiveHost(ground.HostId), decky.Name);
    }

    /// <summary>
    /// The rows of deckies that neither the fleet that is nor the one that shall be has. Whoever was to remove them was interrupted
    /// after the fleet file was written, or the file was lost. They go when the fleet is replaced.
    /// </summary>
    internal static IEnumerable<DeckyRow> LeftOver(FleetGround ground, DesiredState current, Sight sight, Fleet joined, DeployOptions options)
    {
        if (!options.Replace)
        {
            return [];
        }

        var known = joined.Deckies.Concat((current as DesiredState.Known)?.Fleet.Deckies ?? [])
            .Select(decky => (decky.EffectiveHost(ground.HostId), decky.Name))
            .ToHashSet();
        return sight.Recorded.Rows.Concat(sight.Remote).Where(row => !known.Contains((row.HostId, row.Name)) && !options.Leave.Contains(row.Name));
    }

    static DeployPlanItem Item(HostId host, Decky decky, Decky? earlier, ILookup<string, PlanStep> steps, Sight sight)
    {
        var isRemote = host != sight.Recorded.HostId;
        var own = new ValueList<PlanStep>([.. steps[decky.Name.Value].Where(step => !step.IsRecord)]);
        PlanStep[] records = [.. steps[decky.Name.Value].Where(step => step.IsRecord)];
        if (earlier is null)
        {
            return new DeployPlanItem(decky.Name, DeployAction.Add, "it is new", own);
        }

        if (!ReferenceEquals(earlier, decky) && !FleetMerge.Same(earlier, decky))
        {
            return new DeployPlanItem(decky.Name, DeployAction.Change, $"it has {DeckyDifference.Describe(earlier, decky)}", own);
        }

        return own.Count > 0
            ? new DeployPlanItem(decky.Name, DeployAction.Repair, string.Join("; ", own.Select(step => step.Reason)), own)
            : (!isRemote && sight.Observed is not ObservedState.Known) || sight.RowOf(host, decky.Name) is not { State: DeckyState.Running }
                ? new DeployPlanItem(decky.Name, DeployAction.Repair, "it has yet to be seen running", own)
                : records.Length > 0
                    ? new DeployPlanItem(decky.Name, DeployAction.Repair, string.Join("; ", records.Select(step => step.Reason)), own)
                    : new DeployPlanItem(decky.Name, DeployAction.Keep, "it is as it should be", own);
    }

    static DeployPlanItem Removal(HostId host, DeckyName name, string reason, Sight sight) => new(
        name,
        DeployAction.Remove,
        reason,
        [
            .. (host == sight.Recorded.HostId ? sight.ContainersOf(name) : []).OrderByDescending(container => container.Role).Select(container => new PlanStep
            {
                Action = PlanAction.RemoveContainer,
                DeckyName = name.Value,
                Container = container.Name,
                ServiceName = container.ServiceName,
                ContainerId = container.Id,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{name} is removed"),
            }),
        ]);

    static ILookup<string, PlanStep> Steps(FleetGround ground, Fleet fleet, IReadOnlyList<Decky> deckies, Sight sight) =>
        ReconcilePlanner.Plan(ground.Snapshot(fleet, deckies, sight), FleetGround.Repairing).Steps
            .ToLookup(step => step.DeckyName, StringComparer.Ordinal);
}
