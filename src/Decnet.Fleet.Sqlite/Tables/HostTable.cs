namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>The rows of hosts.</summary>
internal static class HostTable
{
    const string AllColumns =
        "host_id, name, address, status, enrolled_at, last_heartbeat, agent_port, fingerprint, next_fingerprint, agent_version, last_report, trust_version, last_observed";

    const string PutSql =
        $"""
        INSERT INTO hosts ({AllColumns}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13
        WHERE NOT EXISTS (SELECT 1 FROM hosts WHERE name = ?2 AND host_id <> ?1)
        ON CONFLICT (host_id) DO UPDATE SET name = excluded.name, address = excluded.address, status = excluded.status,
            enrolled_at = excluded.enrolled_at, last_heartbeat = excluded.last_heartbeat, agent_port = excluded.agent_port,
            fingerprint = excluded.fingerprint, next_fingerprint = excluded.next_fingerprint, agent_version = excluded.agent_version,
            last_report = excluded.last_report, trust_version = excluded.trust_version, last_observed = excluded.last_observed
        """;

    const string RemoveSql = "DELETE FROM hosts WHERE host_id = ?1";

    const string RecordSql =
        """
        UPDATE hosts SET status = 'active', last_heartbeat = ?2, last_report = MAX(last_report, ?3), agent_version = ?4, trust_version = ?5,
            last_observed = CASE WHEN ?6 AND ?3 >= last_report THEN ?2 ELSE last_observed END
        WHERE host_id = ?1
        """;

    const string AgeSql = "UPDATE hosts SET status = ?2 WHERE host_id = ?1 AND status = ?3 AND last_heartbeat IS ?4";

    const string PinSql = "UPDATE hosts SET fingerprint = ?2, next_fingerprint = ?3 WHERE host_id = ?1";

    const string TakenSql = "SELECT COUNT(*) FROM hosts WHERE host_id = ?1 OR name = ?2";

    const string ListSql = $"SELECT {AllColumns} FROM hosts ORDER BY name";

    const string FindSql = $"SELECT {AllColumns} FROM hosts WHERE host_id = ?1";

    internal static bool Put(StoreConnection connection, FleetHost host) =>
        connection[PutSql].Execute(
            host.HostId.Value, host.Name, host.Address, Token<FleetHostStatus>.Of(host.Status), host.EnrolledAt.ToColumn(),
            host.LastHeartbeat.ToColumn(), host.AgentPort, host.Fingerprint, host.NextFingerprint, host.AgentVersion, host.LastReport,
            host.TrustVersion, host.LastObserved.ToColumn()) == 1;

    internal static bool Remove(StoreConnection connection, HostId hostId) => connection[RemoveSql].Execute(hostId.Value) == 1;

    internal static bool Record(StoreConnection connection, StateChange.RecordReport report, string at) =>
        connection[RecordSql].Execute(report.HostId.Value, at, report.Number, report.AgentVersion, report.TrustVersion, report.HasObserved ? 1 : 0) == 1;

    internal static bool Age(StoreConnection connection, StateChange.AgeHost age) =>
        connection[AgeSql].Execute(
            age.Seen.HostId.Value, Token<FleetHostStatus>.Of(age.Status), Token<FleetHostStatus>.Of(age.Seen.Status), age.Seen.LastHeartbeat.ToColumn()) == 1;

    internal static bool Pin(StoreConnection connection, StateChange.PinHost pin) =>
        connection[PinSql].Execute(pin.HostId.Value, pin.Fingerprint, pin.NextFingerprint) == 1;

    /// <summary>Whether a host has this identity or this name.</summary>
    internal static bool IsTaken(StoreConnection connection, FleetHost host) => connection[TakenSql].Number(host.HostId.Value, host.Name) > 0;

    internal static List<FleetHost> List(StoreConnection connection) => connection[ListSql].List(Read);

    internal static FleetHost? Find(StoreConnection connection, HostId hostId) => connection[FindSql].List(Read, hostId.Value) is [var host] ? host : null;

    static FleetHost Read(SqliteDataReader reader) =>
        new()
        {
            HostId = HostId.Parse(reader.GetString(0)),
            Name = reader.GetString(1),
            Address = reader.TextOrNull(2),
            Status = Token<FleetHostStatus>.Parse(reader.GetString(3)),
            EnrolledAt = reader.Time(4),
            LastHeartbeat = reader.TimeOrNull(5),
            AgentPort = reader.IsDBNull(6) ? null : reader.GetInt32(6),
            Fingerprint = reader.TextOrNull(7),
            NextFingerprint = reader.TextOrNull(8),
            AgentVersion = reader.TextOrNull(9),
            LastReport = reader.GetInt64(10),
            TrustVersion = reader.GetInt64(11),
            LastObserved = reader.TimeOrNull(12),
        };
}
