namespace Decnet.Fleet.Sqlite.Backups;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Makes, lists, checks and restores backups of a state folder: one zip file each with the fleet file, a copy of the database if there
/// is one, and a manifest. They hold the secrets of the fleet as they are.
/// </summary>
public sealed class StateBackups
{
    const string NamePrefix = "decnet-backup-";
    const string NameSuffix = ".zip";

    readonly StateFolder folder;
    readonly HostId hostId;
    readonly FleetFileOptions options;
    readonly TimeProvider clock;

    /// <summary>Names a state folder. Nothing is read yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hostId">The host whose state it is.</param>
    /// <param name="options">How the fleet file is read and saved; null for the defaults.</param>
    /// <param name="clock">The time; null for the system's.</param>
    public StateBackups(StateFolder folder, HostId hostId, FleetFileOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        this.folder = folder;
        this.hostId = hostId;
        this.options = options ?? new FleetFileOptions();
        this.clock = clock ?? TimeProvider.System;
    }

    /// <summary>
    /// Makes a backup while everything is in use. It gets its name when it is complete and on the disk; its mode is 0640, less the umask.
    /// </summary>
    /// <param name="path">
    /// A folder, in which the file is called <c>decnet-backup-HOST-gGENERATION-TIME.zip</c>, or the path of the file, which ends with <c>.zip</c>.
    /// </param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="cancellationToken">Gives the backup up; nothing is left of it.</param>
    /// <returns>The backup.</returns>
    /// <exception cref="StateBackupException">There is no readable fleet file, or the path does not fit.</exception>
    /// <exception cref="FleetFileException">The file is there already, or cannot be written.</exception>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    public async Task<StateBackupInfo> CreateAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var now = clock.GetUtcNow();
        var (fleet, bytes) = await Task.Run(ReadFleet, cancellationToken).ConfigureAwait(false);
        var target = Target(path, fleet.Generation, now);
        var copy = new FleetFilePaths(target).NewTemporary();
        try
        {
            var schema = await CopyDatabaseAsync(copy, cancellationToken).ConfigureAwait(false);
            return await Task.Run(
                () =>
                {
                    var database = schema is null ? null : copy;
                    var manifest = BackupWriter.Describe(fleet, bytes, database, schema, hostId, now);
                    cancellationToken.ThrowIfCancellationRequested();
                    DurableFile.Write(target, overwrite, stream => BackupWriter.Write(stream, manifest, bytes, database));
                    return manifest.Describe(target, new FileInfo(target).Length);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (File.Exists(copy))
            {
                File.Delete(copy);
            }
        }
    }

    /// <summary>Tells from what the state can be restored. Of backups, only the manifests are read.</summary>
    /// <param name="backups">The folder with backups, <c>decnet-backup-*.zip</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Generations of the fleet file, and backups of any host.</returns>
    public async Task<StateBackupList> ListAsync(string? backups = null, CancellationToken cancellationToken = default)
    {
        var versions = await new FleetFile(folder.FleetFile, options, clock).ListVersionsAsync(cancellationToken).ConfigureAwait(false);
        var (found, issues) = await Task.Run(() => Find(backups, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new StateBackupList { Versions = [.. versions], Backups = [.. found.OrderByDescending(info => info.MadeAt)], Issues = [.. issues] };
    }

    /// <summary>Reads a backup and checks all that is in it, byte by byte.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="StateBackupException">It is none, or damaged.</exception>
    public static Task<StateBackupInfo> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Task.Run(
            () =>
            {
                using var archive = BackupArchive.Open(path);
                archive.ReadFleet();
                if (archive.HasDatabase)
                {
                    archive.CopyDatabase(Stream.Null);
                }

                return archive.Info;
            },
            cancellationToken);
    }

    /// <summary>
    /// Restores a backup, after all of it was checked. Its fleet becomes a new generation, and the present one the previous, so that
    /// nothing is lost and workers notice.
    /// </summary>
    /// <param name="path">The path of the backup.</param>
    /// <param name="restore">What is restored; null for the fleet file alone.</param>
    /// <param name="cancellationToken">Ends waits; a restore that has begun is completed.</param>
    /// <returns>The new state, and whether the database was restored.</returns>
    /// <exception cref="StateBackupException">The backup is none, damaged, newer, or of another host; nothing was changed.</exception>
    /// <exception cref="FleetLockedException">Somebody else saves the fleet for longer than the wait.</exception>
    /// <exception cref="FleetFileException">The fleet file cannot be written.</exception>
    public async Task<StateRestoreResult> RestoreAsync(
        string path, StateRestoreOptions? restore = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        restore ??= new StateRestoreOptions();
        using var work = new RestoreWork(folder, hostId, restore);
        await Task.Run(() => work.Prepare(path), cancellationToken).ConfigureAwait(false);
        var saved = await new FleetFile(folder.FleetFile, options, clock).SaveAsync(work.Fleet, cancellationToken: cancellationToken).ConfigureAwait(false);
        await Task.Run(work.ReplaceDatabase, CancellationToken.None).ConfigureAwait(false);
        return work.Result(saved);
    }

    (DesiredState.Known Fleet, byte[] Bytes) ReadFleet()
    {
        var image = FleetFileImage.Read(DurableFiles.Instance, folder.FleetFile, options.MaxBytes);
        return FleetFileStates.Parse(folder.FleetFile, image) switch
        {
            DesiredState.Known known => (known, image.Bytes!),
            DesiredState.Corrupt corrupt => throw NoFleet(corrupt.Reason),
            DesiredState.Missing missing => throw NoFleet(missing.Reason),
            _ => throw new InvalidOperationException("There is no other state."),
        };
    }

    StateBackupException NoFleet(string reason) => new(StateBackupProblem.NoFleet, folder.FleetFile, $"No backup was made, since it could not be restored. {reason}");

    string Target(string path, long generation, DateTimeOffset now)
    {
        if (Directory.Exists(path))
        {
            return Path.GetFullPath(Path.Combine(path, string.Create(
                CultureInfo.InvariantCulture, $"{NamePrefix}{hostId}-g{generation}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}{NameSuffix}")));
        }

        return path.EndsWith(NameSuffix, StringComparison.OrdinalIgnoreCase)
            ? Path.GetFullPath(path)
            : throw new StateBackupException(StateBackupProblem.InvalidPath, path, $"'{path}' is neither a folder that is there nor a path that ends with '{NameSuffix}'. Make the folder, or add '{NameSuffix}'.");
    }

    /// <returns>The version of the schema, or null when there is no database.</returns>
    async Task<int?> CopyDatabaseAsync(string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Database))
        {
            return null;
        }

        var store = await SqliteStateStore.OpenAsync(folder.Database, clock: clock, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            await store.BackupAsync(target, cancellationToken: cancellationToken).ConfigureAwait(false);
            return (await store.DescribeAsync(cancellationToken).ConfigureAwait(false)).SchemaVersion;
        }
    }

    static (List<StateBackupInfo> Found, List<FleetIssue> Issues) Find(string? backups, CancellationToken cancellationToken)
    {
        var found = new List<StateBackupInfo>();
        var issues = new List<FleetIssue>();
        foreach (var path in backups is null || !Directory.Exists(backups) ? [] : Directory.EnumerateFiles(backups, $"{NamePrefix}*{NameSuffix}"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var archive = BackupArchive.Open(path);
                found.Add(archive.Info);
            }
            catch (StateBackupException error)
            {
                issues.Add(FleetIssue.Warning("bad-backup", error.Message, target: error.Path));
            }
        }

        return (found, issues);
    }
}
