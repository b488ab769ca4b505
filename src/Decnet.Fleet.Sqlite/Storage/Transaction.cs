namespace Decnet.Fleet.Sqlite.Storage;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Tables;
using Decnet.Fleet.State;

/// <summary>Applies changes with their events inside an open transaction, then removes what is kept no longer.</summary>
internal sealed class Transaction(StoreConnection connection, SqliteStateStoreOptions options, DateTimeOffset at)
{
    readonly string stamp = at.ToColumn();
    long firstSequence;
    long lastSequence;
    int eventCount;
    bool endsOperations;

    internal CommitResult Apply(IReadOnlyList<StateChange> changes)
    {
        var applied = new bool[changes.Count];
        for (var i = 0; i < applied.Length; i++)
        {
            applied[i] = Apply(changes[i]);
            if (applied[i])
            {
                Log(changes[i].Events);
            }
        }

        RemoveOld();
        return new CommitResult(ValueList.Create<bool>(applied), firstSequence, lastSequence);
    }

    bool Apply(StateChange change)
    {
        switch (change)
        {
            case StateChange.InsertDecky insert:
                return DeckyTable.Insert(connection, insert.Row, stamp);
            case StateChange.UpdateDecky update:
                return DeckyTable.Update(connection, update.Row, stamp);
            case StateChange.DeleteDecky delete:
                return DeckyTable.Delete(connection, delete);
            case StateChange.AddOperation add:
                endsOperations |= !add.Operation.IsOpen;
                return OperationTable.Add(connection, add.Operation, stamp);
            case StateChange.AdvanceOperation advance:
                endsOperations |= advance.Status is OperationStatus.Succeeded or OperationStatus.Failed;
                return OperationTable.Advance(connection, advance, stamp);
            case StateChange.ReportProgress report:
                return OperationTable.Report(connection, report, stamp);
            case StateChange.Suspend suspend:
                return SuspensionTable.Put(connection, suspend.Suspension);
            case StateChange.Resume resume:
                return SuspensionTable.Remove(connection, resume.HostId, resume.DeckyName);
            case StateChange.PutWorker put:
                return WorkerTable.Put(connection, put.Worker);
            case StateChange.PutHost put:
                return HostTable.Put(connection, put.Host);
            case StateChange.RemoveHost remove:
                endsOperations = true;
                return RemoveHost(remove.HostId);
            case StateChange.RecordReport report:
                return HostTable.Record(connection, report, stamp);
            case StateChange.AgeHost age:
                return HostTable.Age(connection, age);
            case StateChange.PinHost pin:
                return HostTable.Pin(connection, pin);
            case StateChange.PutEnrolment put:
                return EnrolmentTable.Put(connection, put.Enrolment);
            case StateChange.TakeEnrolment take:
                return EnrolmentTable.Take(connection, take, stamp);
            case StateChange.RaiseCounter raise:
                return CounterTable.Raise(connection, raise.Name, raise.Value);
            case StateChange.Announce:
                return true;
            default:
                throw new ArgumentException($"The store does not know the change {change.GetType().Name}.", nameof(change));
        }
    }

    bool RemoveHost(HostId hostId)
    {
        if (!HostTable.Remove(connection, hostId))
        {
            return false;
        }

        DeckyTable.RemoveHost(connection, hostId);
        SuspensionTable.RemoveHost(connection, hostId);
        OperationTable.FailOpen(connection, hostId, $"The host '{hostId.Value}' was removed from the fleet.", stamp);
        return true;
    }

    void Log(ValueList<EventDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            if (!Topic.IsValid(draft.Topic))
            {
                throw new ArgumentException(
                    $"'{draft.Topic}' is not a topic; nothing was changed. Build topics with {nameof(Topic)}.", nameof(drafts));
            }

            lastSequence = EventTable.Append(connection, draft, stamp);
            firstSequence = firstSequence == 0 ? lastSequence : firstSequence;
            eventCount++;
        }
    }

    void RemoveOld()
    {
        if (eventCount > 0)
        {
            EventTable.RemoveOld(connection, options.EventRetention, lastSequence, eventCount, at);
        }

        if (endsOperations)
        {
            OperationTable.RemoveOld(connection, options.OperationRetention, at);
        }
    }
}
