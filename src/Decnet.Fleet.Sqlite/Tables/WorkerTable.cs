namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Microsoft.Data.Sqlite;

/// <summary>The rows of workers.</summary>
internal static class WorkerTable
{
    const string PutSql =
        """
        INSERT INTO workers (host_id, name, process_id, started_at, last_beat, last_observed, stopped_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (host_id, name) DO UPDATE SET process_id = excluded.process_id, started_at = excluded.started_at,
            last_beat = excluded.last_beat, last_observed = excluded.last_observed, stopped_at = excluded.stopped_at
        """;

    const string ListSql =
        "SELECT host_id, name, process_id, started_at, last_beat, last_observed, stopped_at FROM workers ORDER BY host_id, name";

    internal static bool Put(StoreConnection connection, Worker worker) =>
        connection[PutSql].Execute(
            worker.HostId.Value, worker.Name, worker.ProcessId, worker.StartedAt.ToColumn(), worker.LastBeat.ToColumn(),
            worker.LastObserved.ToColumn(), worker.StoppedAt.ToColumn()) == 1;

    internal static List<Worker> List(StoreConnection connection) => connection[ListSql].List(Read);

    static Worker Read(SqliteDataReader reader) =>
        new()
        {
            HostId = HostId.Parse(reader.GetString(0)),
            Name = reader.GetString(1),
            ProcessId = reader.GetInt32(2),
            StartedAt = reader.Time(3),
            LastBeat = reader.Time(4),
            LastObserved = reader.TimeOrNull(5),
            StoppedAt = reader.TimeOrNull(6),
        };
}
