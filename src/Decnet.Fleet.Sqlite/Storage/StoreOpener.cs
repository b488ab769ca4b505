namespace Decnet.Fleet.Sqlite.Storage;

using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>Opens a store's file for writing: recognises it, checks that it is whole, and brings its schema forward.</summary>
internal sealed class StoreOpener(ConnectionFactory connections, SqliteStateStoreOptions options)
{
    readonly SchemaMigrator migrator = new(connections.Path, options.Migrations);

    /// <summary>Opens the file, or makes it.</summary>
    /// <returns>The connection, and the version of the schema that was there before; 0 for none.</returns>
    /// <exception cref="State.StateStoreException">It cannot be used; nothing was changed.</exception>
    internal Task<(SqliteConnection Connection, int VersionBefore)> OpenAsync(CancellationToken cancellationToken) =>
        WaitAsync(OpenOnce, cancellationToken);

    /// <summary>Makes sure that a file can be read as it is.</summary>
    /// <exception cref="State.StateStoreException">It cannot.</exception>
    internal Task CheckReadableAsync(CancellationToken cancellationToken) => WaitAsync(CheckReadable, cancellationToken);

    async Task<T> WaitAsync<T>(Func<T> open, CancellationToken cancellationToken)
    {
        var wait = new LockWait(options.BusyTimeout);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return open();
            }
            catch (SqliteException error) when (NativeSql.IsLocked(error.SqliteErrorCode))
            {
                if (!await wait.NextAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw StoreErrors.Locked(connections.Path, wait.Waited, error);
                }
            }
            catch (Exception error) when (StoreErrors.CanTranslate(error))
            {
                throw StoreErrors.Translate(error, connections.Path);
            }
        }
    }

    int CheckReadable()
    {
        if (!File.Exists(connections.Path))
        {
            throw StoreErrors.Missing(connections.Path);
        }

        try
        {
            return ReadVersion();
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && !HasLog())
        {
            connections.IsAlone = true;
            return ReadVersion();
        }
    }

    int ReadVersion()
    {
        using var connection = connections.OpenReader();
        var version = migrator.Recognise(connection);
        if (version == 0)
        {
            // Whoever makes the store makes the file first, and what is in it then.
            throw StoreErrors.Missing(connections.Path);
        }

        return version == options.Migrations.Count ? version : throw StoreErrors.OlderVersion(connections.Path, version, options.Migrations.Count);
    }

    /// <summary>Whether there is a write-ahead log with something in it, without which the file is not all.</summary>
    bool HasLog() => new FileInfo(connections.Path + "-wal") is { Exists: true, Length: > 0 };

    (SqliteConnection Connection, int VersionBefore) OpenOnce()
    {
        StoreFile.Ensure(connections.Path);
        var connection = connections.OpenWriter();
        try
        {
            if (migrator.Recognise(connection) > 0)
            {
                CheckWhole(connection);
            }

            var before = migrator.Migrate(connection);
            UseWriteAheadLog(connection);
            return (connection, before);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    void CheckWhole(SqliteConnection connection)
    {
        var problems = NativeSql.Texts(connection, "PRAGMA quick_check(3)");
        if (problems is not ["ok"])
        {
            throw StoreErrors.Corrupt(connections.Path, string.Join("; ", problems));
        }
    }

    void UseWriteAheadLog(SqliteConnection connection)
    {
        if (NativeSql.Texts(connection, "PRAGMA journal_mode = WAL")[0] != "wal")
        {
            throw new State.StateStoreException(
                State.StateStoreError.Other,
                $"The store {connections.Path} cannot use a write-ahead log there. Put it on a local file system: network drives do not work.");
        }
    }
}
