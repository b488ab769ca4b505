namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;

/// <summary>The rows of the event log. Its sequence has no gaps: a transaction that is rolled back takes its numbers back.</summary>
internal static class EventTable
{
    /// <summary>A commit removes this many events more than it adds, so that the log shrinks to its limits in short steps.</summary>
    const int RemovedBeyondAdded = 500;

    const string AppendSql = "INSERT INTO events (time, topic, type, payload) VALUES (?1, ?2, ?3, ?4)";

    const string LastSql = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";

    const string OldestSql = "SELECT MIN(seq) FROM events";

    const string AfterSql = "SELECT seq, time, topic, type, payload FROM events WHERE seq > ?1 ORDER BY seq";

    const string OldestTimesSql = "SELECT seq, time FROM events ORDER BY seq LIMIT ?1";

    const string RemoveSql = "DELETE FROM events WHERE seq <= ?1";

    internal static long Append(StoreConnection connection, EventDraft draft, string at)
    {
        connection[AppendSql].Execute(at, draft.Topic, draft.Type, draft.Payload);
        return connection.LastInsertedId;
    }

    internal static long Last(StoreConnection connection) => connection[LastSql].Number() ?? 0;

    internal static EventPage Read(StoreConnection connection, long after, TopicPattern? pattern, int limit)
    {
        var last = Last(connection);
        var oldest = connection[OldestSql].Number() ?? last + 1;
        var events = new List<DecnetEvent>();
        using var reader = connection[AfterSql].Query(after);
        while (events.Count < limit && reader.Read())
        {
            var topic = reader.GetString(2);
            if (pattern is null || pattern.Matches(topic))
            {
                events.Add(new DecnetEvent
                {
                    Sequence = reader.GetInt64(0),
                    Time = reader.Time(1),
                    Topic = topic,
                    Type = reader.GetString(3),
                    Payload = reader.GetString(4),
                });
            }
        }

        var next = events.Count == limit ? events[^1].Sequence : Math.Max(after, last);
        return new EventPage(events, next, Math.Max(0, oldest - 1 - after));
    }

    /// <summary>Removes the oldest events that are over a limit. What is left has no gaps.</summary>
    internal static void RemoveOld(StoreConnection connection, EventRetention retention, long last, int added, DateTimeOffset at)
    {
        var budget = added + RemovedBeyondAdded;
        var surplusUpTo = last - retention.MaxEvents;
        var oldestTime = at - DateTimeOffset.MinValue > retention.MaxAge ? (at - retention.MaxAge).ToColumn() : "";
        var removeUpTo = 0L;
        using (var reader = connection[OldestTimesSql].Query(budget))
        {
            while (reader.Read() && (reader.GetInt64(0) <= surplusUpTo || string.CompareOrdinal(reader.GetString(1), oldestTime) < 0))
            {
                removeUpTo = reader.GetInt64(0);
            }
        }

        removeUpTo = Math.Min(removeUpTo, Removable(connection, retention, last));
        if (removeUpTo > 0)
        {
            connection[RemoveSql].Execute(removeUpTo);
        }
    }

    /// <summary>The last event that may go: those that a master has yet to hear of are kept, within bounds.</summary>
    static long Removable(StoreConnection connection, EventRetention retention, long last) =>
        CounterTable.Read(connection, DurableCounter.Outbox) is { } acknowledged
            ? Math.Max(acknowledged, last - ((long)retention.MaxEvents * DurableCounter.OutboxReserve))
            : last;
}
