namespace Decnet.Fleet.Sqlite.Storage;

using System.Globalization;
using Decnet.Fleet.Sqlite.Engine;
using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>Opens connections that all have the same settings.</summary>
internal sealed class ConnectionFactory(string path, SqliteStateStoreOptions options)
{
    /// <summary>The write-ahead log is cut back to this size after a checkpoint.</summary>
    const int LogSizeLimit = 16 * 1024 * 1024;

    internal string Path { get; } = path;

    /// <summary>
    /// Whether the file is read without the two files beside it. They hold the locks, and the engine makes them, which it cannot in a
    /// folder that it may not write; so this is for a file that nobody has open.
    /// </summary>
    internal bool IsAlone { get; set; }

    /// <summary>Opens a connection for reading, which waits for locks by itself.</summary>
    internal SqliteConnection OpenReader() => OpenReader(Path);

    internal SqliteConnection OpenReader(string file)
    {
        var connection = Open(file, options.BusyTimeout);
        NativeSql.Execute(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>Opens a connection that never waits for locks: its user does, without holding a thread.</summary>
    internal SqliteConnection OpenWriter()
    {
        var connection = Open(Path, TimeSpan.Zero);
        if (raw.sqlite3_db_readonly(connection.Handle, "main") != 0)
        {
            connection.Dispose();
            throw StoreErrors.ReadOnly(Path);
        }

        return connection;
    }

    SqliteConnection Open(string file, TimeSpan busyTimeout)
    {
        _ = SqliteEngine.Origin;
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = IsAlone ? $"{new Uri(file).AbsoluteUri}?immutable=1" : file,
            Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            Cache = SqliteCacheMode.Private,
            Pooling = false,
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            NativeSql.Execute(connection, Settings(busyTimeout));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    string Settings(TimeSpan busyTimeout)
    {
        var synchronous = options.Synchronous == SqliteSynchronous.Normal ? "NORMAL" : "FULL";
        var maxPages = options.MaxPages > 0 ? $"PRAGMA max_page_count = {options.MaxPages};" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds};
            PRAGMA foreign_keys = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA synchronous = {synchronous};
            PRAGMA journal_size_limit = {LogSizeLimit};
            {maxPages}
            """);
    }
}
