namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Turns the steps of a plan that concern rows into changes of the store: one change a row, with its events.</summary>
internal sealed class RecordChanges
{
    readonly FleetSnapshot snapshot;
    readonly IReadOnlySet<string> repaired;
    readonly List<StateChange> changes = [];
    readonly List<List<PlanStep>> steps = [];

    RecordChanges(FleetSnapshot snapshot, IReadOnlySet<string> repaired)
    {
        this.snapshot = snapshot;
        this.repaired = repaired;
    }

    internal IReadOnlyList<StateChange> Changes => changes;

    /// <summary>The steps that each change carries out.</summary>
    internal IReadOnlyList<IReadOnlyList<PlanStep>> Steps => steps;

    /// <summary>Makes the changes.</summary>
    /// <param name="snapshot">What the plan was made from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="repaired">Deckies whose change of state is the success of a repair.</param>
    internal static RecordChanges Of(FleetSnapshot snapshot, ReconcilePlan plan, IReadOnlySet<string> repaired)
    {
        var records = new RecordChanges(snapshot, repaired);
        var announced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            if (!step.IsRecord)
            {
                break;
            }

            records.Add(step);
            announced.Add(step.DeckyName);
        }

        foreach (var name in repaired.Where(name => !announced.Contains(name)).Order(StringComparer.Ordinal))
        {
            records.AnnounceRepair(name);
        }

        return records;
    }

    void Add(PlanStep step)
    {
        var name = DeckyName.Parse(step.DeckyName);
        switch (step.Action)
        {
            case PlanAction.Insert:
                var blueprint = snapshot.Index.Subjects[snapshot.Index.Find(step.DeckyName)].Blueprint!;
                Add(new StateChange.InsertDecky(NewRow(blueprint, step))
                {
                    Events = [Event(name, "inserted", step.State!.Value, null, step.Reason)],
                }, step);
                break;
            case PlanAction.Delete:
                var row = snapshot.Index.UnwantedRows[name];
                Add(new StateChange.DeleteDecky(row.HostId, name, row.Revision)
                {
                    Events = [Event(name, "deleted", DeckyState.TornDown, row.State, step.Reason)],
                }, step);
                break;
            default:
                Update(name, step);
                break;
        }
    }

    /// <summary>Adds a step to the change of its row: state and configuration of one decky change in one write.</summary>
    void Update(DeckyName name, PlanStep step)
    {
        var subject = snapshot.Index.Find(step.DeckyName);
        var merges = changes.Count > 0 && changes[^1] is StateChange.UpdateDecky last && last.Row.Name == name;
        var change = merges
            ? (StateChange.UpdateDecky)changes[^1]
            : new StateChange.UpdateDecky(subject < 0 ? snapshot.Index.UnwantedRows[name] : snapshot.Recorded.Rows[snapshot.Index.RowOf(subject)]);
        var row = change.Row;
        var events = change.Events;
        if (step.Action == PlanAction.UpdateConfig)
        {
            row = Configured(row, snapshot.Index.Subjects[subject].Blueprint!);
            events = [.. events, Event(name, "config_changed", row.State, null, step.Reason)];
        }
        else
        {
            var previous = row.State;
            row = Judged(row, step);
            var transition = repaired.Contains(step.DeckyName) ? "repaired" : step.Action == PlanAction.UpdateState ? "state_changed" : null;
            events = transition is null ? events : [.. events, Event(name, transition, row.State, previous, step.Reason)];
        }

        var updated = new StateChange.UpdateDecky(row) { Events = events };
        if (merges)
        {
            changes[^1] = updated;
            steps[^1].Add(step);
        }
        else
        {
            Add(updated, step);
        }
    }

    /// <summary>Tells of a repair that changes nothing in the row, unless somebody else has changed the row since.</summary>
    void AnnounceRepair(string decky)
    {
        var subject = snapshot.Index.Find(decky);
        if (subject >= 0 && snapshot.Index.RowOf(subject) is >= 0 and var at)
        {
            var row = snapshot.Recorded.Rows[at];
            changes.Add(new StateChange.UpdateDecky(row) { Events = [Event(row.Name, "repaired", row.State, row.State, row.Reason)] });
            steps.Add([]);
        }
    }

    void Add(StateChange change, PlanStep step)
    {
        changes.Add(change);
        steps.Add([step]);
    }

    EventDraft Event(DeckyName name, string transition, DeckyState state, DeckyState? previous, string? reason) =>
        StateEvent.Draft(snapshot.HostId, name, transition, state, previous, reason);

    DeckyRow NewRow(DeckyBlueprint blueprint, PlanStep step) => Judged(
        new DeckyRow
        {
            HostId = snapshot.HostId,
            Name = blueprint.Decky.Name,
            IPAddress = blueprint.Decky.IPAddress,
            Services = blueprint.Decky.Services,
            ConfigJson = blueprint.ConfigJson,
            ConfigHash = blueprint.ConfigHash,
            State = step.State!.Value,
            UpdatedAt = snapshot.TakenAt,
        },
        step);

    DeckyRow Judged(DeckyRow row, PlanStep step) => row with
    {
        State = step.State!.Value,
        Reason = step.RowReason,
        LastSeen = step.State is DeckyState.Running or DeckyState.Degraded or DeckyState.Failed ? snapshot.TakenAt : row.LastSeen,
    };

    static DeckyRow Configured(DeckyRow row, DeckyBlueprint blueprint) => row with
    {
        IPAddress = blueprint.Decky.IPAddress,
        Services = blueprint.Decky.Services,
        ConfigJson = blueprint.ConfigJson,
        ConfigHash = blueprint.ConfigHash,
    };
}
