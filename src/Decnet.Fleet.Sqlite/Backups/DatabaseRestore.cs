namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.Sqlite.Storage;
using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;

/// <summary>
/// Replaces the contents of a store by those of a copy, in one transaction of the engine, while nobody else has the store open: a
/// process that has would go on with event numbers, suspensions and operations that are not there any more.
/// </summary>
internal sealed class DatabaseRestore(string path) : IDisposable
{
    readonly SqliteStateStoreOptions options = new();
    SqliteConnection? held;

    ConnectionFactory Connections => new(path, options);

    /// <summary>Makes sure that a copy is a whole store of a version that this Decnet knows.</summary>
    /// <exception cref="StateStoreException">It is not.</exception>
    internal void Check(string copy)
    {
        try
        {
            var connections = new ConnectionFactory(copy, options);
            using (var connection = connections.OpenReader())
            {
                if (new SchemaMigrator(copy, options.Migrations).Recognise(connection) == 0)
                {
                    throw StoreErrors.NotADatabase(copy, "an empty database");
                }
            }

            if (new StoreBackup(connections).FindProblems() is [var problem, ..])
            {
                throw StoreErrors.Corrupt(copy, problem);
            }
        }
        catch (Exception error) when (StoreErrors.CanTranslate(error))
        {
            throw StoreErrors.Translate(error, copy);
        }
    }

    /// <summary>Keeps everybody else from the store, until this is disposed of. Without a store there is nothing to do.</summary>
    /// <exception cref="StateStoreException">Somebody has it open, or it cannot be used.</exception>
    internal void Seize()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            held = Connections.OpenWriter();
            new SchemaMigrator(path, options.Migrations).Recognise(held);
            NativeSql.Execute(held, "PRAGMA locking_mode = EXCLUSIVE");
            if (!NativeSql.TryExecute(held, "BEGIN IMMEDIATE"))
            {
                throw new StateStoreException(StateStoreError.Locked, $"The store {path} is open in another process, or in this one. Stop the worker and close other programs that use it.");
            }

            // The lock on the file stays with the connection in this mode.
            NativeSql.Execute(held, "ROLLBACK");
        }
        catch (Exception error) when (StoreErrors.CanTranslate(error))
        {
            throw StoreErrors.Translate(error, path);
        }
    }

    /// <summary>Puts the copy in place; what was there is kept as <c>.bak</c>.</summary>
    /// <exception cref="StateStoreException">It failed, and the store is as it was.</exception>
    internal void Replace(string copy)
    {
        try
        {
            if (held is null)
            {
                File.Move(copy, path, overwrite: false);
                DurableFiles.Instance.FlushFolder(Path.GetDirectoryName(path)!);
                return;
            }

            var kept = path + ".bak";
            var temporary = new FleetFilePaths(kept).NewTemporary();
            try
            {
                StoreFile.CreateEmpty(temporary);
                NativeSql.Execute(held, $"VACUUM INTO '{temporary.Replace("'", "''", StringComparison.Ordinal)}'");
                File.Move(temporary, kept, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            using var source = new ConnectionFactory(copy, options).OpenReader();
            source.BackupDatabase(held);
        }
        catch (Exception error) when (StoreErrors.CanTranslate(error))
        {
            throw StoreErrors.Translate(error, path);
        }
    }

    public void Dispose() => held?.Dispose();
}
