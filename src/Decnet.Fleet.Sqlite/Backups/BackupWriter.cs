namespace Decnet.Fleet.Sqlite.Backups;

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Decnet.Fleet.State;

/// <summary>Puts the parts of a backup into one file.</summary>
internal static class BackupWriter
{
    /// <summary>The manifest of a fleet file and the copy of a database.</summary>
    internal static BackupManifest Describe(
        DesiredState.Known fleet, byte[] fleetFile, string? database, int? schemaVersion, Model.HostId hostId, DateTimeOffset now)
    {
        var files = new Dictionary<string, BackupFile>
        {
            [BackupManifest.FleetEntry] = new(fleetFile.LongLength, Convert.ToHexStringLower(SHA256.HashData(fleetFile))),
        };
        if (database is not null)
        {
            using var stream = File.OpenRead(database);
            files[BackupManifest.DatabaseEntry] = new(stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }

        return new BackupManifest
        {
            Format = BackupManifest.ThisFormat,
            MadeAt = now,
            HostId = hostId,
            Generation = fleet.Generation,
            Checksum = fleet.Checksum,
            SchemaVersion = schemaVersion,
            Deckies = [.. fleet.Fleet.Deckies.Select(decky => decky.Name.Value)],
            Files = files,
        };
    }

    internal static void Write(Stream target, BackupManifest manifest, byte[] fleetFile, string? database)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, BackupManifest.EntryName, stream => JsonSerializer.Serialize(stream, manifest, BackupJsonContext.Default.BackupManifest));
        Add(zip, BackupManifest.FleetEntry, stream => stream.Write(fleetFile));
        if (database is not null)
        {
            Add(zip, BackupManifest.DatabaseEntry, stream =>
            {
                using var source = File.OpenRead(database);
                source.CopyTo(stream);
            });
        }
    }

    static void Add(ZipArchive zip, string name, Action<Stream> write)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        write(stream);
    }
}
