namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.State;

/// <summary>What was restored.</summary>
public sealed record StateRestoreResult
{
    /// <summary>The backup.</summary>
    public required StateBackupInfo Backup { get; init; }

    /// <summary>The fleet file as it is now: the fleet of the backup in a new generation.</summary>
    public required DesiredState.Known State { get; init; }

    /// <summary>Whether the database is the one of the backup.</summary>
    public required bool DatabaseRestored { get; init; }

    /// <summary>Why the database was asked for and not restored. It is as it was, and the next pass makes its rows fit the fleet.</summary>
    /// <value>Default: null.</value>
    public string? DatabaseProblem { get; init; }
}
