namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>A plan in the making: the rules of reconciliation, one method each.</summary>
internal sealed class PlanDraft(FleetSnapshot snapshot, ReconcileOptions options)
{
    readonly SnapshotIndex index = snapshot.Index;
    readonly bool desiredKnown = snapshot.Desired is DesiredState.Known;
    readonly bool runtimeKnown = snapshot.Observed is ObservedState.Known;
    readonly List<PlanStep> records = [];
    readonly List<PlanStep> repairs = [];
    readonly List<PlanHold> holds = [];
    readonly List<ObservedContainer> strays = [];
    bool deletionsHeld;

    internal ReconcilePlan ToPlan() => new(snapshot, options, [.. records, .. repairs], [.. holds], [.. strays]);

    internal void HoldWhatIsUnknown()
    {
        if (snapshot.Desired is DesiredState.Missing missing)
        {
            Hold(HoldKind.DesiredMissing, missing.Reason);
        }
        else if (snapshot.Desired is DesiredState.Corrupt corrupt)
        {
            Hold(HoldKind.DesiredCorrupt, corrupt.Reason);
        }

        if (snapshot.Observed is ObservedState.Unreachable unreachable)
        {
            Hold(HoldKind.RuntimeUnreachable, unreachable.Reason);
        }

        foreach (var (name, reason) in index.Invalid)
        {
            holds.Add(new PlanHold { Kind = HoldKind.InvalidDecky, Reason = reason, Deckies = [name.Value] });
        }
    }

    internal void Judge(int position)
    {
        var subject = index.Subjects[position];
        if (index.Busy.Count > 0 && index.Busy.Contains(subject.Name))
        {
            HoldBusy(subject.Name);
            return;
        }

        var row = index.RowOf(position) is >= 0 and var at ? snapshot.Recorded.Rows[at] : null;
        var containers = index.ContainersOf(position);
        var pristine = runtimeKnown && DeckyJudge.IsPristine(subject, containers);
        var state = pristine ? DeckyState.Running : DeckyState.Pending;
        string? reason = null;
        if (runtimeKnown && !pristine)
        {
            (state, reason) = Explain(subject, containers, row);
        }

        if (row is null)
        {
            Insert(subject, state, reason);
        }
        else
        {
            Update(subject, row, state, reason);
        }

        if (runtimeKnown && desiredKnown && !pristine && options.Repair != RepairMode.Off)
        {
            Repair(subject, containers);
        }
    }

    (DeckyState State, string? Reason) Explain(Subject subject, ReadOnlySpan<ObservedContainer> containers, DeckyRow? row)
    {
        var writer = new ReasonWriter(stackalloc char[ReasonWriter.Capacity]);
        var state = DeckyJudge.Judge(subject, containers, ref writer);
        AddHistory(subject.Name, state, ref writer);
        return (state, writer.ToText(row?.Reason));
    }

    internal void DeleteUnwanted()
    {
        if (!desiredKnown)
        {
            return;
        }

        var unwanted = index.UnwantedRows.Values;
        var deletable = unwanted.Count;
        foreach (var row in unwanted)
        {
            if (index.Busy.Contains(row.Name))
            {
                HoldBusy(row.Name);
                deletable--;
            }
        }

        deletionsHeld = !options.MaxDeletions.Allows(deletable, snapshot.Recorded.Rows.Count);
        if (deletionsHeld)
        {
            holds.Add(new PlanHold
            {
                Kind = HoldKind.DeletionBudget,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{deletable} of {snapshot.Recorded.Rows.Count} rows would be deleted, and the budget is {options.MaxDeletions}. "
                    + $"Nothing is deleted; raise the budget once, or put the deckies back into the fleet."),
                Deckies = [.. unwanted.Where(row => !index.Busy.Contains(row.Name)).Select(row => row.Name.Value)],
            });
            return;
        }

        foreach (var row in unwanted)
        {
            if (!index.Busy.Contains(row.Name))
            {
                records.Add(new PlanStep
                {
                    Action = PlanAction.Delete,
                    DeckyName = row.Name.Value,
                    PreviousState = row.State,
                    State = DeckyState.TornDown,
                    Reason = $"{row.Name} is not in the fleet any more",
                });
            }
        }
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
            if (options.RemoveStrays && !deletionsHeld)
            {
                repairs.Add(new PlanStep
                {
                    Action = PlanAction.RemoveContainer,
                    DeckyName = container.DeckyName,
                    Container = container.Name,
                    ServiceName = container.ServiceName,
                    ContainerId = container.Id,
                    Reason = $"no decky of the fleet is called {container.DeckyName}",
                });
            }
        }
    }

    void Insert(Subject subject, DeckyState state, string? reason)
    {
        if (subject.Blueprint is not null)
        {
            records.Add(new PlanStep
            {
                Action = PlanAction.Insert,
                DeckyName = subject.Name.Value,
                State = state,
                RowReason = reason,
                Reason = reason ?? (runtimeKnown ? $"{subject.Name} is in the fleet and had no row" : "the runtime cannot be asked yet"),
            });
        }
    }

    void Update(Subject subject, DeckyRow row, DeckyState state, string? reason)
    {
        if (runtimeKnown && state != row.State)
        {
            records.Add(Recorded(PlanAction.UpdateState, row, state, reason ?? "all containers run") with { RowReason = reason });
        }
        else if (runtimeKnown && !string.Equals(reason, row.Reason, StringComparison.Ordinal))
        {
            records.Add(Recorded(PlanAction.UpdateReason, row, state, reason ?? "nothing is wrong any more") with { RowReason = reason });
        }

        if (subject.Blueprint is { } blueprint && Differs(row, blueprint) is { } difference)
        {
            records.Add(Recorded(PlanAction.UpdateConfig, row, null, difference));
        }
    }

    void Repair(Subject subject, ReadOnlySpan<ObservedContainer> containers)
    {
        var before = repairs.Count;
        RepairDiff.AddSteps(subject, containers, options.Repair, repairs);
        if (repairs.Count > before && snapshot.Repairs.Count > 0
            && snapshot.Repairs.TryGetValue(subject.Name, out var history) && history.NextAttempt > snapshot.TakenAt
            && (history.ConfigHash is null || history.ConfigHash == subject.Blueprint?.ConfigHash))
        {
            repairs.RemoveRange(before, repairs.Count - before);
            holds.Add(new PlanHold
            {
                Kind = HoldKind.RepairBackoff,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{subject.Name} was repaired {history.Attempts} times in a row; the next attempt is due at {history.NextAttempt:HH:mm:ss} UTC"),
                Deckies = [subject.Name.Value],
                Until = history.NextAttempt,
            });
        }
    }

    void AddHistory(DeckyName name, DeckyState state, ref ReasonWriter writer)
    {
        if (state != DeckyState.Running && snapshot.Repairs.Count > 0
            && snapshot.Repairs.TryGetValue(name, out var history) && history.LastError is { } error)
        {
            writer.Append(writer.Written.IsEmpty ? "repair failed: " : "; repair failed: ");
            writer.Append(error);
        }
    }

    void HoldBusy(DeckyName name) => holds.Add(new PlanHold
    {
        Kind = HoldKind.OpenOperation,
        Reason = $"an operation on {name} is under way; it is left alone until the operation ends or its deadline passes",
        Deckies = [name.Value],
    });

    void Hold(HoldKind kind, string reason) => holds.Add(new PlanHold { Kind = kind, Reason = reason });

    static PlanStep Recorded(PlanAction action, DeckyRow row, DeckyState? state, string reason) => new()
    {
        Action = action,
        DeckyName = row.Name.Value,
        PreviousState = row.State,
        State = state,
        Reason = reason,
    };

    static string? Differs(DeckyRow row, DeckyBlueprint blueprint)
    {
        if (!row.IPAddress.Equals(blueprint.Decky.IPAddress))
        {
            return $"the address is {blueprint.Decky.IPAddress}, recorded was {row.IPAddress}";
        }

        if (!row.Services.Equals(blueprint.Decky.Services))
        {
            return $"the services are {blueprint.Decky.Services}, recorded were {row.Services}";
        }

        return row.ConfigHash == blueprint.ConfigHash ? null : "the configuration changed";
    }
}
