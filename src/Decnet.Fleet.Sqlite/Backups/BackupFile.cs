namespace Decnet.Fleet.Sqlite.Backups;

using System.Text.Json.Serialization;

/// <summary>A file of a backup, as the manifest knows it.</summary>
internal sealed record BackupFile(
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("sha256")] string Sha256);
