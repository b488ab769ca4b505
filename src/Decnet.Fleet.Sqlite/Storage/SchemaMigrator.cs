namespace Decnet.Fleet.Sqlite.Storage;

using System.Globalization;
using Microsoft.Data.Sqlite;

/// <summary>Recognises a store's file and brings its schema forward.</summary>
internal sealed class SchemaMigrator(string path, IReadOnlyList<string> migrations)
{
    /// <summary>Tells the version of a file's schema, and refuses a file that is not a store or too new.</summary>
    /// <returns>The version; 0 for an empty file.</returns>
    /// <exception cref="State.StateStoreException">It is not a store, or made by a newer version.</exception>
    internal int Recognise(SqliteConnection connection)
    {
        var application = NativeSql.Number(connection, "PRAGMA application_id");
        var version = NativeSql.Number(connection, "PRAGMA user_version");
        var isEmpty = NativeSql.Number(connection, "SELECT COUNT(*) FROM sqlite_master") == 0;
        if (application != Schema.ApplicationId && !(application == 0 && version == 0 && isEmpty))
        {
            throw StoreErrors.NotADatabase(path, "a database of another program");
        }

        return version <= migrations.Count ? (int)version : throw StoreErrors.NewerVersion(path, version, migrations.Count);
    }

    /// <summary>Runs the steps that are missing, all of them or none.</summary>
    /// <returns>The version that was there before.</returns>
    /// <exception cref="SqliteException">The file is locked, or a step failed; nothing was changed.</exception>
    internal int Migrate(SqliteConnection connection)
    {
        var before = Recognise(connection);
        if (before == migrations.Count)
        {
            return before;
        }

        NativeSql.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            // Another process may have been faster while this one waited for the lock.
            before = Recognise(connection);
            foreach (var step in migrations.Skip(before))
            {
                NativeSql.Execute(connection, step);
            }

            NativeSql.Execute(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = {migrations.Count}; COMMIT"));
            return before;
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                NativeSql.Execute(connection, "ROLLBACK");
            }

            throw;
        }
    }
}
