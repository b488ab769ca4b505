namespace Decnet.Fleet.Sqlite.Backups;

/// <summary>What is wrong with a backup, and what to do.</summary>
internal static class BackupErrors
{
    internal static StateBackupException NotABackup(string path, string why, Exception? cause = null) =>
        new(StateBackupProblem.NotABackup, path, $"'{path}' is not a backup of Decnet: {why}. Nothing was changed. Check the path.", cause);

    internal static StateBackupException Damaged(string path, string why, Exception? cause = null) =>
        new(StateBackupProblem.Damaged, path, $"The backup '{path}' is damaged: {why}. Nothing was changed. Use another one.", cause);

    internal static StateBackupException Newer(string path, string what) =>
        new(StateBackupProblem.NewerVersion, path, $"The backup '{path}' was made by a newer Decnet: {what}. Nothing was changed. Update Decnet.");

    internal static StateBackupException Unreadable(string path, Exception cause) =>
        cause is FileNotFoundException or DirectoryNotFoundException
            ? new(StateBackupProblem.NotFound, path, $"There is no backup '{path}'. Check the path.", cause)
            : new(StateBackupProblem.Unreadable, path, $"The backup '{path}' cannot be read: {cause.Message}", cause);
}
