namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>One restore: everything is checked and ready before the first change.</summary>
internal sealed class RestoreWork(StateFolder folder, HostId hostId, StateRestoreOptions options) : IDisposable
{
    readonly DatabaseRestore database = new(folder.Database);
    readonly string copy = new FleetFilePaths(folder.Database).NewTemporary();
    StateBackupInfo? info;
    DesiredState.Known? state;
    bool isReady;
    bool isReplaced;
    string? problem;

    internal Fleet Fleet => state!.Fleet;

    /// <exception cref="StateBackupException">The backup cannot be restored here; nothing was changed.</exception>
    internal void Prepare(string path)
    {
        using var archive = BackupArchive.Open(path);
        info = archive.Info;
        state = archive.ReadFleet();
        if (info.HostId != hostId && !options.OtherHost)
        {
            throw new StateBackupException(StateBackupProblem.OtherHost, info.Path, $"The backup '{info.Path}' is of host '{info.HostId}', and this is '{hostId}'. Nothing was changed. Say that another host's is meant, if so.");
        }

        if (!archive.HasDatabase)
        {
            problem = options.Database ? "The backup has no database." : null;
            return;
        }

        CheckDatabase(archive);
        if (options.Database)
        {
            Seize();
        }
    }

    /// <summary>Puts the database in place if nobody else has it; never throws for what is wrong with it, since the fleet is restored already.</summary>
    internal void ReplaceDatabase()
    {
        if (!isReady)
        {
            return;
        }

        try
        {
            database.Replace(copy);
            isReplaced = true;
        }
        catch (StateStoreException error)
        {
            problem = error.Message;
        }
    }

    internal StateRestoreResult Result(DesiredState.Known saved) => new()
    {
        Backup = info!,
        State = saved,
        DatabaseRestored = isReplaced,
        DatabaseProblem = problem is null ? null : $"The database was not restored: {problem} It is as it was, and the next pass makes its rows fit the fleet.",
    };

    public void Dispose()
    {
        database.Dispose();
        if (File.Exists(copy))
        {
            File.Delete(copy);
        }
    }

    /// <summary>A damaged database makes the whole backup doubtful, so it is checked even when it is not asked for.</summary>
    void CheckDatabase(BackupArchive archive)
    {
        if (!options.Database)
        {
            archive.CopyDatabase(Stream.Null);
            return;
        }

        try
        {
            DurableFiles.Instance.CreateFolder(Path.GetDirectoryName(copy)!);
            using (var target = new FileStream(copy, DurableFiles.Options(FileMode.CreateNew, FileShare.None)))
            {
                archive.CopyDatabase(target);
                target.Flush(flushToDisk: true);
            }

            database.Check(copy);
        }
        catch (StateStoreException error) when (error.Error == StateStoreError.NewerVersion)
        {
            throw BackupErrors.Newer(info!.Path, $"its database has schema version {info.SchemaVersion}");
        }
        catch (StateStoreException error)
        {
            throw BackupErrors.Damaged(info!.Path, "its database cannot be used", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateBackupException(StateBackupProblem.Unreadable, info!.Path, $"The database of '{info.Path}' could not be unpacked to '{copy}': {error.Message} Nothing was changed.", error);
        }
    }

    void Seize()
    {
        try
        {
            database.Seize();
            isReady = true;
        }
        catch (StateStoreException error)
        {
            problem = error.Message;
        }
    }
}
