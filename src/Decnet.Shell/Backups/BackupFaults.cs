namespace Decnet.Shell.Backups;

using Decnet.Fleet.Sqlite.Backups;
using Decnet.Shell.Flow;

/// <summary>Tells what was wrong with a backup in the words of faults.</summary>
internal static class BackupFaults
{
    internal static FaultException Thrown(StateBackupException error)
    {
        var (id, category) = error.Problem switch
        {
            StateBackupProblem.NotFound => ("BackupNotFound", FaultCategory.ObjectNotFound),
            StateBackupProblem.Unreadable => ("BackupUnreadable", FaultCategory.ReadError),
            StateBackupProblem.OtherHost => ("BackupOfOtherHost", FaultCategory.InvalidOperation),
            StateBackupProblem.NoFleet => ("FleetFileMissing", FaultCategory.ObjectNotFound),
            StateBackupProblem.InvalidPath => ("BackupPathInvalid", FaultCategory.InvalidArgument),
            _ => ("BackupInvalid", FaultCategory.InvalidData),
        };
        return new FaultException(new Fault(id, category, error.Message, error.Path, error));
    }
}
