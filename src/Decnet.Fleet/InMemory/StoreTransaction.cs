namespace Decnet.Fleet.InMemory;

using System.Collections.Immutable;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Applies changes to copies of the tables. The copies become the store's only when all went well.</summary>
internal sealed partial class StoreTransaction(StoreTables tables, DateTimeOffset at)
{
    readonly ImmutableSortedDictionary<(HostId, DeckyName), DeckyRow>.Builder deckies = tables.Deckies.ToBuilder();
    readonly ImmutableDictionary<Guid, StoredOperation>.Builder operations = tables.Operations.ToBuilder();
    readonly ImmutableSortedDictionary<(HostId, DeckyName), Guid>.Builder open = tables.Open.ToBuilder();
    readonly ImmutableSortedDictionary<(HostId, string), Suspension>.Builder suspensions = tables.Suspensions.ToBuilder();
    readonly ImmutableDictionary<(HostId, string), Worker>.Builder workers = tables.Workers.ToBuilder();
    readonly ImmutableDictionary<HostId, FleetHost>.Builder hosts = tables.Hosts.ToBuilder();
    readonly ImmutableDictionary<string, Enrolment>.Builder enrolments = tables.Enrolments.ToBuilder();
    readonly ImmutableDictionary<string, long>.Builder counters = tables.Counters.ToBuilder();
    readonly ImmutableList<DecnetEvent>.Builder events = tables.Events.ToBuilder();
    long lastSequence = tables.LastSequence;
    long lastOperation = tables.LastOperationNumber;
    long highestRemovedRevision = tables.HighestRemovedRevision;

    internal CommitResult Run(IReadOnlyList<StateChange> changes)
    {
        var applied = new bool[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            applied[i] = Apply(changes[i]);
            if (applied[i])
            {
                Log(changes[i].Events);
            }
        }

        var logged = lastSequence > tables.LastSequence;
        return new CommitResult([.. applied], logged ? tables.LastSequence + 1 : 0, logged ? lastSequence : 0);
    }

    internal StoreTables Finish(EventRetention retention, DateTimeOffset now)
    {
        var tooMany = events.Count - retention.MaxEvents;
        var oldest = now - retention.MaxAge;
        var gone = 0;
        var removable = Removable(retention);
        while (gone < removable && (gone < tooMany || events[gone].Time < oldest))
        {
            gone++;
        }

        events.RemoveRange(0, gone);
        return new StoreTables
        {
            Deckies = deckies.ToImmutable(),
            Operations = operations.ToImmutable(),
            Open = open.ToImmutable(),
            Suspensions = suspensions.ToImmutable(),
            Workers = workers.ToImmutable(),
            Hosts = hosts.ToImmutable(),
            Enrolments = enrolments.ToImmutable(),
            Counters = counters.ToImmutable(),
            Events = events.ToImmutable(),
            LastSequence = lastSequence,
            LastOperationNumber = lastOperation,
            HighestRemovedRevision = highestRemovedRevision,
        };
    }

    bool Apply(StateChange change) => change switch
    {
        StateChange.InsertDecky insert => Insert(insert.Row),
        StateChange.UpdateDecky update => Update(update.Row),
        StateChange.DeleteDecky delete => HasRevision(delete.HostId, delete.Name, delete.Revision) && Remove((delete.HostId, delete.Name)),
        StateChange.AddOperation add => Add(add.Operation),
        StateChange.AdvanceOperation advance => Advance(advance),
        StateChange.ReportProgress report => Report(report),
        StateChange.Suspend suspend => Suspend(suspend.Suspension),
        StateChange.Resume resume => suspensions.Remove(Key(resume.HostId, resume.DeckyName)),
        StateChange.PutWorker put => Put(put.Worker),
        StateChange.PutHost put => Put(put.Host),
        StateChange.RemoveHost remove => Remove(remove.HostId),
        StateChange.RecordReport report => Record(report),
        StateChange.AgeHost age => Age(age),
        StateChange.PinHost pin => Pin(pin),
        StateChange.PutEnrolment put => Put(put.Enrolment),
        StateChange.TakeEnrolment take => Take(take),
        StateChange.RaiseCounter raise => Raise(raise),
        StateChange.Announce => true,
        _ => throw new ArgumentException($"The in-memory store does not know the change {change.GetType().Name}.", nameof(change)),
    };

    bool Insert(DeckyRow row)
    {
        var key = (row.HostId, row.Name);
        if (deckies.ContainsKey(key))
        {
            return false;
        }

        deckies[key] = row with { Revision = highestRemovedRevision + 1, UpdatedAt = at };
        return true;
    }

    bool Update(DeckyRow row)
    {
        if (!HasRevision(row.HostId, row.Name, row.Revision))
        {
            return false;
        }

        deckies[(row.HostId, row.Name)] = row with { Revision = row.Revision + 1, UpdatedAt = at };
        return true;
    }

    bool Remove((HostId, DeckyName) key)
    {
        highestRemovedRevision = Math.Max(highestRemovedRevision, deckies[key].Revision);
        return deckies.Remove(key);
    }

    bool HasRevision(HostId host, DeckyName name, long revision) =>
        deckies.TryGetValue((host, name), out var row) && row.Revision == revision;

    bool Add(Operation operation)
    {
        var key = (operation.HostId, operation.DeckyName);
        if (operations.ContainsKey(operation.Id) || open.ContainsKey(key))
        {
            return false;
        }

        var stored = operation with { Error = Operation.CutError(operation.Error), UpdatedAt = at };
        operations[operation.Id] = new StoredOperation(++lastOperation, stored);
        if (stored.IsOpen)
        {
            open[key] = operation.Id;
        }

        return true;
    }

    bool Advance(StateChange.AdvanceOperation step)
    {
        if (!operations.TryGetValue(step.Id, out var stored) || !stored.Operation.IsOpen || step.Status <= stored.Operation.Status)
        {
            return false;
        }

        var next = stored.Operation with { Status = step.Status, Error = Operation.CutError(step.Error), UpdatedAt = at };
        next = next.IsOpen ? next with { StartedAt = at } : next with { CompletedAt = at };
        operations[step.Id] = stored with { Operation = next };
        if (!next.IsOpen)
        {
            open.Remove((next.HostId, next.DeckyName));
        }

        return true;
    }

    bool Report(StateChange.ReportProgress report)
    {
        if (!operations.TryGetValue(report.Id, out var stored) || stored.Operation.Status != OperationStatus.Running)
        {
            return false;
        }

        operations[report.Id] = stored with { Operation = stored.Operation with { Progress = report.Progress, UpdatedAt = at } };
        return true;
    }

    bool Suspend(Suspension suspension)
    {
        suspensions[Key(suspension.HostId, suspension.DeckyName)] = suspension;
        return true;
    }

    static (HostId, string) Key(HostId host, DeckyName? decky) => (host, decky?.Value ?? "");

    bool Put(Worker worker)
    {
        workers[(worker.HostId, worker.Name)] = worker;
        return true;
    }

    void Log(ValueList<EventDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            if (!Topic.IsValid(draft.Topic))
            {
                throw new ArgumentException(
                    $"'{draft.Topic}' is not a topic; nothing was committed. Build topics with {nameof(Topic)}.", nameof(drafts));
            }

            events.Add(new DecnetEvent
            {
                Sequence = ++lastSequence,
                Time = at,
                Topic = draft.Topic,
                Type = draft.Type,
                Payload = draft.Payload,
            });
        }
    }
}
