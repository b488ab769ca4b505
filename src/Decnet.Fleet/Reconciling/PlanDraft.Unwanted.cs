namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Rows and containers of deckies that the fleet does not have.</summary>
internal sealed partial class PlanDraft
{
    /// <summary>Deckies whose teardown was interrupted: their containers are no mere strays.</summary>
    readonly HashSet<string> remaining = new(StringComparer.Ordinal);
    bool deletionsHeld;

    internal void DeleteUnwanted()
    {
        if (!desiredKnown || index.UnwantedRows.Count == 0)
        {
            return;
        }

        var deletable = new List<DeckyRow>();
        var removable = new List<(DeckyRow Row, ObservedContainer[] Remains)>();
        var unclaimed = index.Unclaimed.ToLookup(container => container.DeckyName, StringComparer.Ordinal);
        foreach (var row in index.UnwantedRows.Values)
        {
            if (index.Busy.Contains(row.Name))
            {
                HoldBusy(row.Name);
            }
            else if (!SnapshotIndex.IsBeingTornDown(row))
            {
                Add(row, deletable);
            }
            else if (runtimeKnown)
            {
                EndTeardown(row, [.. unclaimed[row.Name.Value]], deletable, removable);
            }
        }

        HoldDeletions([.. deletable, .. removable.Select(teardown => teardown.Row)]);
        foreach (var (row, remains) in removable)
        {
            GoOnRemoving(row, remains);
        }

        records.AddRange(deletionsHeld ? [] : deletable.Select(Deleted));
    }

    internal void ReportStrays()
    {
        if (!desiredKnown)
        {
            return;
        }

        foreach (var container in index.Unclaimed)
        {
            var known = DeckyName.TryParse(container.DeckyName, out var name);
            if (known && (index.Busy.Contains(name) || index.Invalid.ContainsKey(name)))
            {
                continue;
            }

            strays.Add(container);
            if (options.RemoveStrays && !deletionsHeld && !remaining.Contains(container.DeckyName) && !suspended.Hold(container.DeckyName))
            {
                repairs.Add(Removed(container, $"no decky of the fleet is called {container.DeckyName}"));
            }
        }
    }

    void Add(DeckyRow row, List<DeckyRow> deletable)
    {
        if (mayDelete is null || mayDelete.Contains(row.Name.Value))
        {
            deletable.Add(row);
        }
    }

    void EndTeardown(
        DeckyRow row, ObservedContainer[] remains, List<DeckyRow> deletable, List<(DeckyRow Row, ObservedContainer[] Remains)> removable)
    {
        if (remains.Length == 0)
        {
            Add(row, deletable);
            return;
        }

        remaining.Add(row.Name.Value);
        if ((options.Repair == RepairMode.Recreate || options.RemoveStrays) && !suspended.Hold(row.Name.Value))
        {
            removable.Add((row, remains));
        }
        else
        {
            RecordRemains(row, remains);
        }
    }

    /// <summary>Removes what an interrupted teardown left: services first, since they live in the network of the base.</summary>
    void GoOnRemoving(DeckyRow row, ObservedContainer[] remains)
    {
        if (deletionsHeld)
        {
            RecordRemains(row, remains);
            return;
        }

        var ordered = remains.OrderBy(container => container.Role == ContainerRole.Base).ThenBy(container => container.Name, StringComparer.Ordinal);
        repairs.AddRange(ordered.Select(container => Removed(container, $"{row.Name} was torn down, and {container.Name} is still there")));
    }

    void RecordRemains(DeckyRow row, ObservedContainer[] remains)
    {
        var reason = ReasonOf(remains);
        if (row.State != DeckyState.TeardownFailed)
        {
            records.Add(Recorded(PlanAction.UpdateState, row, DeckyState.TeardownFailed, reason) with { RowReason = reason });
        }
        else if (!string.Equals(reason, row.Reason, StringComparison.Ordinal))
        {
            records.Add(Recorded(PlanAction.UpdateReason, row, DeckyState.TeardownFailed, reason) with { RowReason = reason });
        }
    }

    /// <summary>What the row of a decky says whose teardown left containers.</summary>
    internal static string ReasonOf(IEnumerable<ObservedContainer> remains) =>
        $"containers are still there: {string.Join(", ", remains.Select(container => container.Name).Order(StringComparer.Ordinal))}";

    void HoldDeletions(IReadOnlyList<DeckyRow> leaving)
    {
        deletionsHeld = !options.MaxDeletions.Allows(leaving.Count, snapshot.Recorded.Rows.Count);
        if (deletionsHeld)
        {
            holds.Add(new PlanHold
            {
                Kind = HoldKind.DeletionBudget,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{leaving.Count} of {snapshot.Recorded.Rows.Count} rows would be deleted, and the budget is {options.MaxDeletions}. "
                    + $"Nothing is deleted; raise the budget once, or put the deckies back into the fleet."),
                Deckies = [.. leaving.Select(row => row.Name.Value)],
            });
        }
    }

    static PlanStep Deleted(DeckyRow row) => new()
    {
        Action = PlanAction.Delete,
        DeckyName = row.Name.Value,
        PreviousState = row.State,
        State = DeckyState.TornDown,
        Reason = $"{row.Name} is not in the fleet any more",
    };

    static PlanStep Removed(ObservedContainer container, string reason) => new()
    {
        Action = PlanAction.RemoveContainer,
        DeckyName = container.DeckyName,
        Container = container.Name,
        ServiceName = container.ServiceName,
        ContainerId = container.Id,
        Reason = reason,
    };
}
