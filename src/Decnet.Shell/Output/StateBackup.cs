namespace Decnet.Shell.Output;

using System.Globalization;
using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Model = Decnet.Fleet.Model;

/// <summary>Something that the state can be restored from, or that was meant to be.</summary>
public sealed record StateBackup
{
    /// <summary>
    /// What it is: <c>generation</c>, a fleet file that is on the disk; <c>backup</c>, a file that Backup-DecnetState made;
    /// <c>corrupt</c>, a damaged fleet file that was kept.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The generation of the fleet; null when it cannot be read.</summary>
    public long? Generation { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How many deckies it has; null when it cannot be read.</summary>
    public int? Deckies { get; init; }

    /// <summary>The host whose state it is.</summary>
    public required string HostId { get; init; }

    /// <summary>Whether it is the present fleet file.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    internal static StateBackup Of(StateBackupInfo info) => new()
    {
        Kind = "backup",
        Generation = info.Generation,
        MadeAt = info.MadeAt,
        Deckies = info.Deckies.Count,
        HostId = info.HostId.Value,
        Path = info.Path,
    };

    internal static StateBackup Of(FleetFileVersion version, Model.HostId hostId) => new()
    {
        Kind = version.State is DesiredState.Known ? "generation" : "corrupt",
        Generation = version.Generation,
        MadeAt = version.WrittenAt,
        Deckies = (version.State as DesiredState.Known)?.Fleet.Deckies.Count,
        HostId = hostId.Value,
        IsCurrent = version.Kind == FleetFileVersionKind.Current,
        Path = version.Path,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Generation?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}: {Path}";
}
