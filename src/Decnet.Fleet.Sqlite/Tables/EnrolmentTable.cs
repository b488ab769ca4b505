namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>The invitations to hosts that were not used.</summary>
internal static class EnrolmentTable
{
    // An earlier one of the same name is void.
    const string PutSql = "INSERT OR REPLACE INTO enrolments (token_hash, name, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)";

    const string GoodSql = "SELECT COUNT(*) FROM enrolments WHERE token_hash = ?1 AND expires_at > ?2";

    const string RemoveSql = "DELETE FROM enrolments WHERE token_hash = ?1";

    const string ListSql = "SELECT token_hash, name, created_at, expires_at FROM enrolments ORDER BY name";

    internal static bool Put(StoreConnection connection, Enrolment enrolment)
    {
        connection[PutSql].Execute(enrolment.TokenHash, enrolment.Name, enrolment.CreatedAt.ToColumn(), enrolment.ExpiresAt.ToColumn());
        return true;
    }

    /// <summary>Uses an invitation up and adds the host, or does neither.</summary>
    internal static bool Take(StoreConnection connection, StateChange.TakeEnrolment take, string at) =>
        connection[GoodSql].Number(take.TokenHash, at) > 0
        && !HostTable.IsTaken(connection, take.Host)
        && HostTable.Put(connection, take.Host)
        && connection[RemoveSql].Execute(take.TokenHash) == 1;

    internal static List<Enrolment> List(StoreConnection connection) => connection[ListSql].List(Read);

    static Enrolment Read(SqliteDataReader reader) =>
        new()
        {
            TokenHash = reader.GetString(0),
            Name = reader.GetString(1),
            CreatedAt = reader.Time(2),
            ExpiresAt = reader.Time(3),
        };
}
