namespace Decnet.Fleet.Sqlite.Storage;

using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>Copies a store that is in use, and checks stores.</summary>
internal sealed class StoreBackup(ConnectionFactory connections)
{
    const int MaxProblems = 100;

    /// <summary>Writes a copy beside the target, checks it, and only then gives it its name.</summary>
    /// <returns>The size of the copy in bytes.</returns>
    internal long Copy(string target, bool overwrite, CancellationToken cancellationToken)
    {
        if (string.Equals(target, connections.Path, StringComparison.Ordinal) || (!overwrite && File.Exists(target)))
        {
            throw Failed(target, "the file is there already. Choose another path, or ask for it to be overwritten");
        }

        var temporary = $"{target}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            StoreFile.CreateEmpty(temporary);
            VacuumInto(temporary, cancellationToken);
            Check(target, temporary);
            long size;
            using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            File.Move(temporary, target, overwrite);
            return size;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (StoreErrors.CanTranslate(error))
        {
            throw StoreErrors.Translate(error, target);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>Checks the whole file.</summary>
    /// <returns>What is wrong; nothing when all is well.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    internal List<string> FindProblems()
    {
        try
        {
            return FindProblems(connections.Path);
        }
        catch (Exception error) when (StoreErrors.CanTranslate(error))
        {
            throw StoreErrors.Translate(error, connections.Path);
        }
    }

    void VacuumInto(string temporary, CancellationToken cancellationToken)
    {
        using var connection = connections.OpenReader();
        NativeSql.Execute(connection, "PRAGMA query_only = OFF");
        using var registration = cancellationToken.UnsafeRegister(_ => raw.sqlite3_interrupt(connection.Handle), null);
        cancellationToken.ThrowIfCancellationRequested();
        NativeSql.Execute(connection, $"VACUUM INTO '{temporary.Replace("'", "''", StringComparison.Ordinal)}'");
    }

    void Check(string target, string temporary)
    {
        if (FindProblems(temporary) is [var problem, ..])
        {
            throw Failed(target, $"the copy is damaged ({problem}). Check the store itself for damage");
        }
    }

    List<string> FindProblems(string file)
    {
        try
        {
            using var connection = connections.OpenReader(file);
            var problems = NativeSql.Texts(connection, $"PRAGMA integrity_check({MaxProblems})");
            return problems is ["ok"] ? [] : problems;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return [error.Message];
        }
    }

    StateStoreException Failed(string target, string why) =>
        new(StateStoreError.Other, $"The store {connections.Path} was not copied to {target}: {why}.");
}
