namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Microsoft.Data.Sqlite;

/// <summary>The rows of hosts.</summary>
internal static class HostTable
{
    const string PutSql =
        """
        INSERT INTO hosts (host_id, name, address, status, enrolled_at, last_heartbeat) SELECT ?1, ?2, ?3, ?4, ?5, ?6
        WHERE NOT EXISTS (SELECT 1 FROM hosts WHERE name = ?2 AND host_id <> ?1)
        ON CONFLICT (host_id) DO UPDATE SET name = excluded.name, address = excluded.address, status = excluded.status,
            enrolled_at = excluded.enrolled_at, last_heartbeat = excluded.last_heartbeat
        """;

    const string RemoveSql = "DELETE FROM hosts WHERE host_id = ?1";

    const string ListSql = "SELECT host_id, name, address, status, enrolled_at, last_heartbeat FROM hosts ORDER BY name";

    internal static bool Put(StoreConnection connection, FleetHost host) =>
        connection[PutSql].Execute(
            host.HostId.Value, host.Name, host.Address, Token<FleetHostStatus>.Of(host.Status), host.EnrolledAt.ToColumn(),
            host.LastHeartbeat.ToColumn()) == 1;

    internal static bool Remove(StoreConnection connection, HostId hostId) => connection[RemoveSql].Execute(hostId.Value) == 1;

    internal static List<FleetHost> List(StoreConnection connection) => connection[ListSql].List(Read);

    static FleetHost Read(SqliteDataReader reader) =>
        new()
        {
            HostId = HostId.Parse(reader.GetString(0)),
            Name = reader.GetString(1),
            Address = reader.TextOrNull(2),
            Status = Token<FleetHostStatus>.Parse(reader.GetString(3)),
            EnrolledAt = reader.Time(4),
            LastHeartbeat = reader.TimeOrNull(5),
        };
}
