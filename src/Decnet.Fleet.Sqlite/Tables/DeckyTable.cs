namespace Decnet.Fleet.Sqlite.Tables;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>The rows of deckies.</summary>
internal static class DeckyTable
{
    const string Fields = "d.host_id, d.name, d.ip, d.services, d.config, d.config_hash, d.state, d.reason, d.updated_at, d.revision";

    const string InsertSql =
        """
        INSERT INTO deckies (host_id, name, ip, services, config, config_hash, state, reason, last_seen, updated_at, revision)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, (SELECT highest + 1 FROM used_revisions)) ON CONFLICT (host_id, name) DO NOTHING
        """;

    const string UpdateSql =
        """
        UPDATE deckies SET ip = ?3, services = ?4, config = ?5, config_hash = ?6, state = ?7, reason = ?8, last_seen = ?9,
            updated_at = ?10, revision = revision + 1
        WHERE host_id = ?1 AND name = ?2 AND revision = ?11
        """;

    const string DeleteSql = "DELETE FROM deckies WHERE host_id = ?1 AND name = ?2 AND revision = ?3";

    const string RemoveHostSql = "DELETE FROM deckies WHERE host_id = ?1";

    const string OfHostSql = $"SELECT {Fields}, d.last_seen FROM deckies d WHERE d.host_id = ?1 ORDER BY d.name";

    const string ListSql =
        $"""
        SELECT {Fields}, CASE WHEN d.state IN ('running', 'degraded', 'failed') AND o.time > COALESCE(d.last_seen, '') THEN o.time ELSE d.last_seen END
        FROM deckies d LEFT JOIN (
            SELECT host_id, MAX(last_observed) AS time
            FROM (SELECT host_id, last_observed FROM workers UNION ALL SELECT host_id, last_observed FROM hosts)
            GROUP BY host_id) o ON o.host_id = d.host_id
        """;

    const string ListAllSql = $"{ListSql} ORDER BY d.host_id, d.name";

    const string ListHostSql = $"{ListSql} WHERE d.host_id = ?1 ORDER BY d.name";

    internal static bool Insert(StoreConnection connection, DeckyRow row, string at) =>
        connection[InsertSql].Execute(
            row.HostId.Value, row.Name.Value, row.IPAddress.ToString(), TextList.Write(row.Services), row.ConfigJson, row.ConfigHash,
            Token<DeckyState>.Of(row.State), row.Reason, row.LastSeen.ToColumn(), at) == 1;

    internal static bool Update(StoreConnection connection, DeckyRow row, string at) =>
        connection[UpdateSql].Execute(
            row.HostId.Value, row.Name.Value, row.IPAddress.ToString(), TextList.Write(row.Services), row.ConfigJson, row.ConfigHash,
            Token<DeckyState>.Of(row.State), row.Reason, row.LastSeen.ToColumn(), at, row.Revision) == 1;

    internal static bool Delete(StoreConnection connection, StateChange.DeleteDecky change) =>
        connection[DeleteSql].Execute(change.HostId.Value, change.Name.Value, change.Revision) == 1;

    internal static void RemoveHost(StoreConnection connection, HostId hostId) => connection[RemoveHostSql].Execute(hostId.Value);

    /// <summary>The rows of one host as they were written.</summary>
    internal static List<DeckyRow> OfHost(StoreConnection connection, HostId hostId) => connection[OfHostSql].List(Reader(), hostId.Value);

    /// <summary>The rows, last seen when the host's worker last looked, or the host last told of them, if their containers were there.</summary>
    internal static List<DeckyRow> List(StoreConnection connection, HostId? hostId) =>
        hostId is { } host ? connection[ListHostSql].List(Reader(), host.Value) : connection[ListAllSql].List(Reader());

    /// <summary>Reads the rows of one query; rows with the same services share the list, which is parsed once.</summary>
    static Func<SqliteDataReader, DeckyRow> Reader()
    {
        var known = new Dictionary<string, ValueList<string>>(StringComparer.Ordinal);
        return reader => Read(reader, known);
    }

    static DeckyRow Read(SqliteDataReader reader, Dictionary<string, ValueList<string>> known) =>
        new()
        {
            HostId = HostId.Parse(reader.GetString(0)),
            Name = DeckyName.Parse(reader.GetString(1)),
            IPAddress = IPAddress.Parse(reader.GetString(2)),
            Services = Services(reader.GetString(3), known),
            ConfigJson = reader.GetString(4),
            ConfigHash = reader.GetString(5),
            State = Token<DeckyState>.Parse(reader.GetString(6)),
            Reason = reader.TextOrNull(7),
            UpdatedAt = reader.Time(8),
            Revision = reader.GetInt64(9),
            LastSeen = reader.TimeOrNull(10),
        };

    static ValueList<string> Services(string json, Dictionary<string, ValueList<string>> known)
    {
        if (!known.TryGetValue(json, out var services))
        {
            services = TextList.Read(json);
            known.Add(json, services);
        }

        return services;
    }
}
