namespace Decnet.Fleet.Sqlite.Backups;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;

/// <summary>The entry of a backup that says what the others are. A later version may add keys; another meaning is another format.</summary>
internal sealed record BackupManifest
{
    internal const string EntryName = "manifest.json";
    internal const string FleetEntry = "decnet-state.json";
    internal const string DatabaseEntry = "db/decnet.db";
    internal const int Version = 1;
    internal const string Family = "decnet.backup/";

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("made_at")]
    public required DateTimeOffset MadeAt { get; init; }

    [JsonPropertyName("host_id")]
    public required HostId HostId { get; init; }

    [JsonPropertyName("generation")]
    public required long Generation { get; init; }

    [JsonPropertyName("checksum")]
    public required string Checksum { get; init; }

    [JsonPropertyName("schema_version")]
    public int? SchemaVersion { get; init; }

    [JsonPropertyName("deckies")]
    public required IReadOnlyList<string> Deckies { get; init; }

    [JsonPropertyName("files")]
    public required IReadOnlyDictionary<string, BackupFile> Files { get; init; }

    internal static string ThisFormat => string.Create(CultureInfo.InvariantCulture, $"{Family}{Version}");

    /// <summary>The version that a manifest names, whatever else it says; null when it names none.</summary>
    internal static int? VersionOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("format", out var format)
            && format.ValueKind == JsonValueKind.String
            && format.GetString()!.StartsWith(Family, StringComparison.Ordinal)
            && int.TryParse(format.GetString().AsSpan(Family.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
    }

    internal StateBackupInfo Describe(string path, long size) => new()
    {
        Path = path,
        Size = size,
        MadeAt = MadeAt,
        HostId = HostId,
        Generation = Generation,
        Checksum = Checksum,
        SchemaVersion = SchemaVersion,
        Deckies = [.. Deckies],
    };
}
