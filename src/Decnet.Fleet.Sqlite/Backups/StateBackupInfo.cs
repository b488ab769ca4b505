namespace Decnet.Fleet.Sqlite.Backups;

using Decnet.Fleet.Model;

/// <summary>What a backup says of itself.</summary>
public sealed record StateBackupInfo
{
    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The size of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The host whose state it is.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The generation of the fleet; 0 for a file of the Python system.</summary>
    public required long Generation { get; init; }

    /// <summary>The SHA-256 of the fleet's configuration, as <see cref="State.DesiredState.Known.Checksum"/>.</summary>
    public required string Checksum { get; init; }

    /// <summary>The version of the schema of the database.</summary>
    /// <value>Null when the backup has no database, because there was none.</value>
    public int? SchemaVersion { get; init; }

    /// <summary>The names of the deckies.</summary>
    public required ValueList<string> Deckies { get; init; }
}
