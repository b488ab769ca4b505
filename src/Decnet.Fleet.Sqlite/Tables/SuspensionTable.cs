namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Microsoft.Data.Sqlite;

/// <summary>The orders to leave deckies alone.</summary>
internal static class SuspensionTable
{
    /// <summary>Stands for all deckies of the host. It sorts before every name.</summary>
    const string WholeHost = "";

    const string PutSql =
        """
        INSERT INTO suspensions (host_id, decky_name, made_by, made_at, reason) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (host_id, decky_name) DO UPDATE SET made_by = excluded.made_by, made_at = excluded.made_at, reason = excluded.reason
        """;

    const string RemoveSql = "DELETE FROM suspensions WHERE host_id = ?1 AND decky_name = ?2";

    const string RemoveHostSql = "DELETE FROM suspensions WHERE host_id = ?1";

    const string OfHostSql = "SELECT host_id, decky_name, made_by, made_at, reason FROM suspensions WHERE host_id = ?1 ORDER BY decky_name";

    internal static bool Put(StoreConnection connection, Suspension suspension) =>
        connection[PutSql].Execute(
            suspension.HostId.Value, Key(suspension.DeckyName), suspension.By, suspension.At.ToColumn(), suspension.Reason) == 1;

    internal static bool Remove(StoreConnection connection, HostId hostId, DeckyName? name) =>
        connection[RemoveSql].Execute(hostId.Value, Key(name)) == 1;

    internal static void RemoveHost(StoreConnection connection, HostId hostId) => connection[RemoveHostSql].Execute(hostId.Value);

    internal static List<Suspension> OfHost(StoreConnection connection, HostId hostId) => connection[OfHostSql].List(Read, hostId.Value);

    static string Key(DeckyName? name) => name?.Value ?? WholeHost;

    static Suspension Read(SqliteDataReader reader) =>
        new()
        {
            HostId = HostId.Parse(reader.GetString(0)),
            DeckyName = reader.GetString(1) is { Length: > 0 } name ? DeckyName.Parse(name) : null,
            By = reader.GetString(2),
            At = reader.Time(3),
            Reason = reader.TextOrNull(4),
        };
}
