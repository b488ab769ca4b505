namespace Decnet.Fleet.State;

using System.Globalization;

/// <summary>The names of the files that belong to a fleet file, all in its folder.</summary>
internal sealed class FleetFilePaths(string file)
{
    const string TemporarySuffix = ".tmp";
    static long temporaries;

    internal string File { get; } = Path.GetFullPath(file);

    internal string Folder => Path.GetDirectoryName(File)!;

    internal string Backup => File + ".bak";

    internal string Lock => Path.Combine(Folder, "decnet.lock");

    string Name => Path.GetFileName(File);

    string TemporaryPrefix => $".{Name}.";

    string CorruptPrefix => Name + ".corrupt-";

    internal string NewTemporary() => Path.Combine(Folder, string.Create(
        CultureInfo.InvariantCulture,
        $"{TemporaryPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref temporaries)}{TemporarySuffix}"));

    /// <summary>The temporary files of all writers. Who holds the lock knows that their writers are gone.</summary>
    internal IReadOnlyList<string> Temporaries(IDurableFiles files) => files.List(Folder, TemporaryPrefix, TemporarySuffix);

    /// <summary>The unreadable files kept aside, oldest first.</summary>
    internal IReadOnlyList<string> CorruptFiles(IDurableFiles files) =>
        [.. files.List(Folder, CorruptPrefix, "").Order(StringComparer.Ordinal)];

    /// <summary>A name for an unreadable file; a number keeps two of the same moment apart.</summary>
    internal string NewCorrupt(DateTimeOffset now, IReadOnlyList<string> taken)
    {
        var stem = Path.Combine(Folder, CorruptPrefix + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        var path = stem;
        for (var i = 2; taken.Contains(path); i++)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        }

        return path;
    }
}
