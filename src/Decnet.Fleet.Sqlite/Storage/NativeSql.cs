namespace Decnet.Fleet.Sqlite.Storage;

using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>
/// Runs statements without the retry loop of <see cref="SqliteCommand"/>, which sleeps on the thread and cannot be cancelled.
/// Everything that may find the file locked goes through here.
/// </summary>
internal static class NativeSql
{
    /// <exception cref="SqliteException">The statement failed, or the file is locked.</exception>
    internal static void Execute(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    /// <summary>Tries to run statements.</summary>
    /// <returns>False when the file is locked.</returns>
    internal static bool TryExecute(SqliteConnection connection, string sql)
    {
        var code = raw.sqlite3_exec(connection.Handle, sql);
        if (IsLocked(code))
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(code, connection.Handle);
        return true;
    }

    /// <summary>Reads the first column of all rows as texts.</summary>
    internal static List<string> Texts(SqliteConnection connection, string sql)
    {
        var texts = new List<string>();
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement), connection.Handle);
        using (statement)
        {
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                texts.Add(raw.sqlite3_column_text(statement, 0).utf8_to_string() ?? "");
            }

            SqliteException.ThrowExceptionForRC(code, connection.Handle);
        }

        return texts;
    }

    internal static long Number(SqliteConnection connection, string sql) =>
        long.Parse(Texts(connection, sql)[0], System.Globalization.CultureInfo.InvariantCulture);

    internal static bool IsLocked(int code) => (code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
