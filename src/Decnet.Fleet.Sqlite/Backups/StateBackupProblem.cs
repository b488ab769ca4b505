namespace Decnet.Fleet.Sqlite.Backups;

/// <summary>Why a backup was not made, read or restored.</summary>
public enum StateBackupProblem
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The file cannot be read; the cause says more.</summary>
    Unreadable,

    /// <summary>The file is not a backup of Decnet, or holds what no backup does.</summary>
    NotABackup,

    /// <summary>The file is a backup, but parts of it are missing or not as they were.</summary>
    Damaged,

    /// <summary>A newer version of Decnet made it.</summary>
    NewerVersion,

    /// <summary>It is of another host, and that was not said to be meant.</summary>
    OtherHost,

    /// <summary>There is no readable fleet file to make a backup of.</summary>
    NoFleet,

    /// <summary>The path is not one for a backup.</summary>
    InvalidPath,
}
