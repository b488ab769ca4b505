namespace Decnet.Shell.Backups;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Finds what to restore, and restores it.</summary>
public static class StateRestoration
{
    /// <summary>Finds a backup or a generation by the path of its file, and checks all of it. Nothing is changed.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="FaultException">There is no such file, or nothing can be restored from it.</exception>
    public static async Task<Output.StateBackup> FindAsync(DecnetSession session, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            var versions = await VersionsAsync(session, cancellationToken).ConfigureAwait(false);
            return versions.FirstOrDefault(version => version.Path == path) is { } version
                ? Usable(version)
                : Output.StateBackup.Of(await StateBackups.ReadAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (StateBackupException error)
        {
            throw BackupFaults.Thrown(error);
        }
    }

    /// <summary>Finds a generation: the previous one on the disk, or the newest backup of this host that has it. Nothing is changed.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="FaultException">Nothing has the generation, or it is the present one.</exception>
    public static async Task<Output.StateBackup> FindAsync(DecnetSession session, long generation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var backups = (await StateArchive.Backups(session).ListAsync(StateArchive.FolderOf(session), cancellationToken).ConfigureAwait(false)).Backups
            .Where(info => info.HostId == session.HostId)
            .Select(Output.StateBackup.Of);
        Output.StateBackup[] all = [.. await VersionsAsync(session, cancellationToken).ConfigureAwait(false), .. backups];
        if (all.FirstOrDefault(candidate => candidate.Generation == generation) is not { } found)
        {
            var known = string.Join(", ", all.Select(candidate => candidate.Generation).OfType<long>().Distinct().Order());
            throw new FaultException(new Fault(
                "GenerationNotFound", FaultCategory.ObjectNotFound,
                string.Create(CultureInfo.InvariantCulture, $"There is no generation {generation}, neither as a fleet file nor in '{StateArchive.FolderOf(session)}'. ")
                + (known.Length == 0 ? "There is none at all." : $"There are {known}."),
                generation));
        }

        return found.Kind == "backup" ? await FindAsync(session, found.Path, cancellationToken).ConfigureAwait(false) : Usable(found);
    }

    /// <summary>
    /// Restores what was found. Its fleet becomes a new generation, and the present one the previous, so that nothing is lost. Rows and
    /// containers follow with the next pass.
    /// </summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="from">What <see cref="FindAsync(DecnetSession, string, CancellationToken)"/> found.</param>
    /// <param name="database">Whether the database of a backup is restored too, when nobody has it open.</param>
    /// <param name="otherHost">Whether it may be the backup of another host.</param>
    /// <param name="outlet">Takes the new state of the fleet file, and a warning when the database was left alone.</param>
    /// <param name="cancellationToken">Ends waits; a restore that has begun is completed.</param>
    /// <returns>A task that ends when it is restored.</returns>
    /// <exception cref="FaultException">It is of another host; nothing was changed.</exception>
    public static async Task RestoreAsync(
        DecnetSession session, Output.StateBackup from, bool database, bool otherHost, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(outlet);
        if (from.Kind == "generation")
        {
            var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
            await fleet.File.RestorePreviousAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RestoreBackupAsync(session, from.Path, new StateRestoreOptions { Database = database, OtherHost = otherHost }, outlet, cancellationToken)
                .ConfigureAwait(false);
        }

        outlet.Write((await VersionsAsync(session, cancellationToken).ConfigureAwait(false)).First(version => version.IsCurrent));
    }

    static async Task RestoreBackupAsync(
        DecnetSession session, string path, StateRestoreOptions options, IOutlet outlet, CancellationToken cancellationToken)
    {
        if (options.Database)
        {
            await session.CloseAsync().ConfigureAwait(false);
        }

        try
        {
            var restored = await StateArchive.Backups(session).RestoreAsync(path, options, cancellationToken).ConfigureAwait(false);
            if (restored.DatabaseProblem is { } problem)
            {
                outlet.Warn($"The database was not restored. {problem}");
            }
        }
        catch (StateBackupException error)
        {
            throw BackupFaults.Thrown(error);
        }
    }

    static Output.StateBackup Usable(Output.StateBackup version) => version switch
    {
        { IsCurrent: true } => throw new FaultException(new Fault(
            "GenerationIsCurrent", FaultCategory.InvalidOperation,
            $"'{version.Path}' is the present fleet file, so there is nothing to restore.", version.Path)),
        { Kind: "corrupt" } => throw new FaultException(new Fault(
            "BackupInvalid", FaultCategory.InvalidData, $"'{version.Path}' is damaged, so nothing can be restored from it.", version.Path)),
        _ => version,
    };

    static async Task<IEnumerable<Output.StateBackup>> VersionsAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        var list = await StateArchive.Backups(session).ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return list.Versions.Select(version => Output.StateBackup.Of(version, session.HostId));
    }
}
