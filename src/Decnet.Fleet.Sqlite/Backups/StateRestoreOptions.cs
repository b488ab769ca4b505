namespace Decnet.Fleet.Sqlite.Backups;

/// <summary>What of a backup is restored.</summary>
public sealed record StateRestoreOptions
{
    /// <summary>
    /// Whether the database is restored too: rows, operations, suspensions, workers and events. It is only when no other process, and no
    /// other store of this one, has it open; else the fleet file is restored alone.
    /// </summary>
    /// <value>Default: false. The next pass makes the rows fit the fleet file in any case.</value>
    public bool Database { get; init; }

    /// <summary>Whether the backup of another host may be restored here.</summary>
    /// <value>Default: false.</value>
    public bool OtherHost { get; init; }
}
