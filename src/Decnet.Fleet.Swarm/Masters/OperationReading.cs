namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What a report says of operations, as changes of the store. Only open operations of the reporting host are ever changed.</summary>
internal sealed class OperationReading
{
    readonly Dictionary<Guid, Operation> open;
    readonly Dictionary<Guid, StateChange> changes = [];
    readonly List<Guid> order = [];
    readonly List<OperationDelta> unmatched = [];
    readonly List<OperationDelta> failedMutations = [];
    readonly HashSet<DeckyName> tornDown = [];
    readonly List<Operation> ended = [];
    readonly IReadOnlyList<DeckyRow> rows;
    readonly DateTimeOffset now;

    internal OperationReading(RecordedState recorded, HostReport report, DateTimeOffset now)
    {
        this.now = now;
        rows = recorded.Rows;
        open = recorded.OpenOperations.ToDictionary(operation => operation.Id);
        foreach (var delta in report.Deltas.OrderBy(delta => delta.Sequence))
        {
            Take(delta);
        }

        foreach (var id in report.OpenOperations)
        {
            // It was accepted, whether or not whoever handed it over lived to record that.
            if (open.TryGetValue(id, out var operation) && operation.Status == OperationStatus.Pending)
            {
                Advance(operation, OperationStatus.Running, null);
            }
        }
    }

    /// <summary>The steps of operations, with their events.</summary>
    internal IEnumerable<StateChange> Changes => order.Select(id => changes[id]);

    /// <summary>The operations that are still open after them.</summary>
    internal IReadOnlyCollection<Operation> Open => open.Values;

    /// <summary>The operations that end by them.</summary>
    internal IReadOnlyList<Operation> Ended => ended;

    /// <summary>Deckies that a teardown has removed.</summary>
    internal IReadOnlySet<DeckyName> TornDown => tornDown;

    /// <summary>Changes of services that have failed.</summary>
    internal IReadOnlyList<OperationDelta> FailedMutations => failedMutations;

    /// <summary>What fits no open operation of the host: it is late, repeated, of work that the host began by itself, or not the host's business.</summary>
    internal IReadOnlyList<OperationDelta> Unmatched => unmatched;

    /// <summary>Ends operations that the host knows nothing of.</summary>
    internal void EndUnknown(FleetHost host, IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
        {
            Advance(operation, OperationStatus.Failed, $"The host {host.Name} has no record of it. Ask for it again.");
        }
    }

    void Take(OperationDelta delta)
    {
        if (!open.TryGetValue(delta.OperationId, out var operation) || operation.DeckyName != delta.Name || operation.Kind != delta.Kind)
        {
            unmatched.Add(delta);
        }
        else if (delta.Status > operation.Status)
        {
            Advance(operation, delta.Status, delta.Status == OperationStatus.Failed ? delta.Error ?? "It failed, and the host did not say why." : null, Mutated(operation, delta));
            if (delta is { Kind: OperationKind.Mutate, Status: OperationStatus.Failed })
            {
                failedMutations.Add(delta);
            }
            else if (delta is { Kind: OperationKind.Teardown, Status: OperationStatus.Succeeded })
            {
                tornDown.Add(delta.Name);
            }
        }
    }

    /// <summary>The event of services that have changed. Of a decky under way the row is left alone, so it has the old ones.</summary>
    EventDraft[] Mutated(Operation operation, OperationDelta delta) => delta is { Kind: OperationKind.Mutate, Status: OperationStatus.Succeeded }
        ?
        [
            MutationEvent.Draft(
                operation.HostId,
                delta.Name,
                rows.FirstOrDefault(row => row.Name == delta.Name)?.Services ?? [],
                delta.Services ?? [],
                operation.Trigger ?? MutationTrigger.Operator),
        ]
        : [];

    void Advance(Operation operation, OperationStatus status, string? error, params EventDraft[] more)
    {
        var moved = operation with
        {
            Status = status,
            Error = Operation.CutError(error),
            UpdatedAt = now,
            StartedAt = status == OperationStatus.Running ? now : operation.StartedAt,
            CompletedAt = status is OperationStatus.Succeeded or OperationStatus.Failed ? now : null,
        };
        if (moved.IsOpen)
        {
            open[moved.Id] = moved;
        }
        else
        {
            open.Remove(moved.Id);
            ended.Add(moved);
        }

        var change = new StateChange.AdvanceOperation(moved.Id, status, moved.Error) { Events = [OperationEvent.Draft(moved), .. more] };
        if (!changes.TryAdd(moved.Id, change))
        {
            // Running and ended in one report: both steps were made, one after the other, and only the last one is news.
            changes[moved.Id] = change;
            return;
        }

        order.Add(moved.Id);
    }
}
