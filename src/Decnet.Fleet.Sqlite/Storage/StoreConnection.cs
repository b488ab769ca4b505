namespace Decnet.Fleet.Sqlite.Storage;

using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>A connection with its prepared statements. It serves one thread at a time.</summary>
internal sealed class StoreConnection(SqliteConnection connection) : IDisposable
{
    readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    internal SqliteConnection Connection { get; } = connection;

    internal long LastInsertedId => raw.sqlite3_last_insert_rowid(Connection.Handle);

    /// <summary>The statement with a text, prepared when it is first asked for.</summary>
    /// <param name="sql">The text; its parameters are <c>?1</c>, <c>?2</c> and so on.</param>
    internal Statement this[string sql]
    {
        get
        {
            if (!statements.TryGetValue(sql, out var statement))
            {
                statement = new Statement(Connection, sql);
                statements.Add(sql, statement);
            }

            return statement;
        }
    }

    internal void Rollback()
    {
        // Some failures, such as a full disk, have already rolled the transaction back.
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
        {
            NativeSql.Execute(Connection, "ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }
}
