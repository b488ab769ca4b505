namespace Decnet.Fleet.Sqlite.Backups;

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Decnet.Fleet.State;

/// <summary>
/// An existing backup. Names of entries are only compared, never used as paths; reading an entry ends soon after the size that the
/// manifest names; and what was read counts only when its SHA-256 is the manifest's.
/// </summary>
internal sealed class BackupArchive : IDisposable
{
    const int MaxManifestBytes = 16 << 20;
    const int MaxEntries = 3;

    static readonly long MaxFleetBytes = new FleetFileOptions().MaxBytes;

    readonly string path;
    readonly ZipArchive zip;

    BackupArchive(string path, ZipArchive zip, BackupManifest manifest, long size)
    {
        this.path = path;
        this.zip = zip;
        Manifest = manifest;
        Info = manifest.Describe(path, size);
    }

    internal BackupManifest Manifest { get; }

    internal StateBackupInfo Info { get; }

    internal bool HasDatabase => Manifest.Files.ContainsKey(BackupManifest.DatabaseEntry);

    /// <summary>Opens a backup and reads its manifest; the other entries are there, and not looked at yet.</summary>
    /// <exception cref="StateBackupException">It is none, or cannot be used.</exception>
    internal static BackupArchive Open(string path)
    {
        path = Path.GetFullPath(path);
        FileStream? stream = null;
        ZipArchive? zip = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            CheckNames(path, zip);
            var manifest = ReadManifest(path, zip);
            return new BackupArchive(path, zip, manifest, stream.Length);
        }
        catch (Exception error)
        {
            zip?.Dispose();
            stream?.Dispose();
            throw error switch
            {
                StateBackupException => error,
                InvalidDataException => BackupErrors.NotABackup(path, "it is not a zip archive, or only a part of one", error),
                IOException or UnauthorizedAccessException => BackupErrors.Unreadable(path, error),
                _ => error,
            };
        }
    }

    /// <summary>The fleet.</summary>
    /// <exception cref="StateBackupException">It is not as it was, or no fleet.</exception>
    internal DesiredState.Known ReadFleet()
    {
        if (Manifest.Files[BackupManifest.FleetEntry].Bytes > MaxFleetBytes)
        {
            throw BackupErrors.Damaged(path, $"its fleet file is larger than the {MaxFleetBytes} bytes that one can have");
        }

        using var contents = new MemoryStream();
        Copy(BackupManifest.FleetEntry, contents);
        return FleetFileReader.Read($"{path}/{BackupManifest.FleetEntry}", contents.ToArray()) switch
        {
            DesiredState.Known known when known.Generation == Manifest.Generation && known.Checksum == Manifest.Checksum => known,
            DesiredState.Known => throw BackupErrors.Damaged(path, "its fleet is not the one that the manifest names"),
            DesiredState.Corrupt corrupt => throw BackupErrors.Damaged(path, corrupt.Reason.TrimEnd('.')),
            _ => throw new InvalidOperationException("Bytes are never missing."),
        };
    }

    /// <summary>Copies the database.</summary>
    /// <exception cref="StateBackupException">It is not as it was.</exception>
    internal void CopyDatabase(Stream target) => Copy(BackupManifest.DatabaseEntry, target);

    public void Dispose() => zip.Dispose();

    static void CheckNames(string path, ZipArchive zip)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName is not (BackupManifest.EntryName or BackupManifest.FleetEntry or BackupManifest.DatabaseEntry)
                || !seen.Add(entry.FullName)
                || seen.Count > MaxEntries)
            {
                throw BackupErrors.NotABackup(path, $"it holds '{entry.FullName}', which no backup does");
            }
        }
    }

    static BackupManifest ReadManifest(string path, ZipArchive zip)
    {
        var entry = zip.GetEntry(BackupManifest.EntryName) ?? throw BackupErrors.NotABackup(path, $"it has no '{BackupManifest.EntryName}'");
        try
        {
            var bytes = new byte[Math.Clamp(entry.Length, 0, MaxManifestBytes)];
            using (var stream = entry.Open())
            {
                stream.ReadExactly(bytes);
            }

            var version = BackupManifest.VersionOf(bytes);
            if (version > BackupManifest.Version)
            {
                throw BackupErrors.Newer(path, $"its format is '{BackupManifest.Family}{version}', and this one reads up to '{BackupManifest.ThisFormat}'");
            }

            var manifest = version == BackupManifest.Version ? JsonSerializer.Deserialize(bytes, BackupJsonContext.Default.BackupManifest) : null;
            return Complete(path, zip, manifest ?? throw BackupErrors.NotABackup(path, $"its manifest does not name the format '{BackupManifest.ThisFormat}'"));
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or EndOfStreamException)
        {
            throw BackupErrors.Damaged(path, $"its manifest cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    static BackupManifest Complete(string path, ZipArchive zip, BackupManifest manifest)
    {
        var entries = zip.Entries.Select(entry => entry.FullName).Where(name => name != BackupManifest.EntryName).Order(StringComparer.Ordinal);
        if (!manifest.Files.ContainsKey(BackupManifest.FleetEntry) || !entries.SequenceEqual(manifest.Files.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw BackupErrors.Damaged(path, $"it does not hold what its manifest names: {string.Join(", ", manifest.Files.Keys)}");
        }

        if (manifest.Files.Values.Contains(null) || manifest.Deckies.Contains(null))
        {
            throw BackupErrors.Damaged(path, "its manifest has a null where none can be");
        }

        return manifest.Files.ContainsKey(BackupManifest.DatabaseEntry) == manifest.SchemaVersion is not null
            ? manifest
            : throw BackupErrors.Damaged(path, "its manifest names a database or its schema alone, not both");
    }

    void Copy(string name, Stream target)
    {
        var expected = Manifest.Files[name];
        using var source = OpenEntry(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        long copied = 0;
        for (int count; copied <= expected.Bytes && (count = Read(name, source, buffer)) > 0; copied += count)
        {
            hash.AppendData(buffer, 0, count);
            target.Write(buffer, 0, count);
        }

        if (copied != expected.Bytes || !Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(expected.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw BackupErrors.Damaged(path, $"'{name}' is not as it was");
        }
    }

    Stream OpenEntry(string name)
    {
        try
        {
            return zip.GetEntry(name)!.Open();
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw BackupErrors.Damaged(path, $"'{name}' cannot be unpacked", error);
        }
    }

    int Read(string name, Stream source, byte[] buffer)
    {
        try
        {
            return source.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw BackupErrors.Damaged(path, $"'{name}' cannot be unpacked", error);
        }
        catch (IOException error)
        {
            throw BackupErrors.Unreadable(path, error);
        }
    }
}
