namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>From what the state of a folder can be restored.</summary>
public sealed record StateBackupList
{
    /// <summary>The present fleet file, the previous generation, and damaged files that were kept.</summary>
    public required ValueList<FleetFileVersion> Versions { get; init; }

    /// <summary>The backups, newest first. Their contents were not checked.</summary>
    public required ValueList<StateBackupInfo> Backups { get; init; }

    /// <summary>A warning, <c>bad-backup</c>, for each file that has the name of a backup and is none; its target is the path.</summary>
    public ValueList<FleetIssue> Issues { get; init; } = [];
}
