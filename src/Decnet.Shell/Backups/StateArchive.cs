namespace Decnet.Shell.Backups;

using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Makes and lists backups of the state folder.</summary>
public static class StateArchive
{
    const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Where backups are when nobody says: the folder <c>backups</c> in the state folder.</summary>
    /// <param name="session">What is worked on.</param>
    /// <returns>The path.</returns>
    public static string FolderOf(DecnetSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Path.Combine(session.Options.Folder.Path, "backups");
    }

    /// <summary>Makes a backup while everything is in use.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="path">A folder that is there, or the path of a file that ends with <c>.zip</c>; null for <see cref="FolderOf"/>.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="cancellationToken">Gives the backup up; nothing is left of it.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="FaultException">There is nothing to make a backup of, or the path does not fit.</exception>
    public static async Task<Output.StateBackup> CreateAsync(DecnetSession session, string? path, bool overwrite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            return Output.StateBackup.Of(await Backups(session).CreateAsync(path ?? MakeFolder(session), overwrite, cancellationToken).ConfigureAwait(false));
        }
        catch (StateBackupException error)
        {
            throw BackupFaults.Thrown(error);
        }
        catch (FleetFileException error) when (!overwrite && File.Exists(error.Path))
        {
            throw new FaultException(new Fault("BackupExists", FaultCategory.ResourceExists, error.Message, error.Path, error));
        }
    }

    /// <summary>Puts out what the state can be restored from: generations on the disk, then backups, newest first.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="folder">The folder with backups; null for <see cref="FolderOf"/>.</param>
    /// <param name="outlet">Takes them, and a warning for each file that only looks like one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the list.</returns>
    /// <exception cref="FaultException">There is no such folder.</exception>
    public static async Task ListAsync(DecnetSession session, string? folder, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new FaultException(new Fault("PathNotFound", FaultCategory.ObjectNotFound, $"There is no folder '{folder}'.", folder));
        }

        var list = await Backups(session).ListAsync(folder ?? FolderOf(session), cancellationToken).ConfigureAwait(false);
        foreach (var version in list.Versions)
        {
            outlet.Write(Output.StateBackup.Of(version, session.HostId));
        }

        foreach (var info in list.Backups)
        {
            outlet.Write(Output.StateBackup.Of(info));
        }

        foreach (var issue in list.Issues)
        {
            outlet.Warn(issue.Message);
        }
    }

    internal static StateBackups Backups(DecnetSession session) => new(session.Options.Folder, session.HostId, clock: session.Clock);

    /// <summary>Makes the folder for backups; not in a state folder that is not there, which has nothing to make one of.</summary>
    static string MakeFolder(DecnetSession session)
    {
        var folder = FolderOf(session);
        if (!Directory.Exists(session.Options.Folder.Path) || Directory.Exists(folder))
        {
            return folder;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        return folder;
    }
}
