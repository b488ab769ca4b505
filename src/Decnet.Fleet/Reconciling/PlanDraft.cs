namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>A plan in the making: the rules of reconciliation, one method each.</summary>
/// <param name="snapshot">What there is.</param>
/// <param name="options">What the pass may do.</param>
/// <param name="mayDelete">The rows that may be deleted; null for any.</param>
internal sealed partial class PlanDraft(FleetSnapshot snapshot, ReconcileOptions options, IReadOnlySet<string>? mayDelete)
{
    readonly SnapshotIndex index = snapshot.Index;
    readonly bool desiredKnown = snapshot.Desired is DesiredState.Known;
    readonly bool runtimeKnown = snapshot.Observed is ObservedState.Known;
    readonly List<PlanStep> records = [];
    readonly List<PlanStep> repairs = [];
    readonly List<PlanHold> holds = [];
    readonly List<ObservedContainer> strays = [];
    readonly SuspendedRepairs suspended = new(snapshot.Recorded.Suspensions);

    internal ReconcilePlan ToPlan() => new(snapshot, options, [.. records, .. repairs], [.. holds, .. suspended.ToHolds()], [.. strays]);

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
        else if (desiredKnown || !SnapshotIndex.IsBeingTornDown(row))
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
        if (repairs.Count > before && (suspended.Hold(subject.Name.Value) || HoldBackoff(subject)))
        {
            repairs.RemoveRange(before, repairs.Count - before);
        }
    }

    bool HoldBackoff(Subject subject)
    {
        if (!snapshot.Repairs.TryGetValue(subject.Name, out var history) || history.NextAttempt <= snapshot.TakenAt
            || (history.ConfigHash is not null && history.ConfigHash != subject.Blueprint?.ConfigHash))
        {
            return false;
        }

        holds.Add(new PlanHold
        {
            Kind = HoldKind.RepairBackoff,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{subject.Name} was repaired {history.Attempts} times in a row; the next attempt is due at {history.NextAttempt:HH:mm:ss} UTC"),
            Deckies = [subject.Name.Value],
            Until = history.NextAttempt,
        });
        return true;
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
