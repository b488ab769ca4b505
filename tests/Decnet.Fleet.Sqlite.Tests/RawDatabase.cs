namespace Decnet.Fleet.Sqlite.Tests;

using Decnet.Fleet.Sqlite.Engine;
using Decnet.Fleet.Sqlite.Storage;
using Microsoft.Data.Sqlite;

/// <summary>A connection past the store, as any other program would have it.</summary>
sealed class RawDatabase : IDisposable
{
    readonly SqliteConnection connection;

    internal RawDatabase(string path)
    {
        _ = SqliteEngine.Origin;
        connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=1");
        connection.Open();
    }

    internal void Execute(string sql) => NativeSql.Execute(connection, sql);

    internal List<string> Texts(string sql) => NativeSql.Texts(connection, sql);

    internal long Number(string sql) => NativeSql.Number(connection, sql);

    /// <summary>The last column of the query plan.</summary>
    internal string Plan(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return string.Join("; ", steps);
    }

    internal static void Run(string path, string sql)
    {
        using var database = new RawDatabase(path);
        database.Execute(sql);
    }

    public void Dispose() => connection.Dispose();
}
