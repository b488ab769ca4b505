namespace Decnet.Fleet.Sqlite.Tables;

using Decnet.Fleet.Sqlite.Storage;

/// <summary>Numbers that only grow.</summary>
internal static class CounterTable
{
    const string RaiseSql =
        """
        INSERT INTO counters (name, value) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value < excluded.value
        """;

    const string ReadSql = "SELECT value FROM counters WHERE name = ?1";

    internal static bool Raise(StoreConnection connection, string name, long value) => connection[RaiseSql].Execute(name, value) == 1;

    /// <summary>The value; null when it was never raised.</summary>
    internal static long? Read(StoreConnection connection, string name) => connection[ReadSql].Number(name);
}
