namespace Decnet.Daemon.Units;

using System.Text;
using Decnet.Daemon.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Writes generated files into a folder, and leaves alone what others have put there.</summary>
internal sealed class UnitFolder(string path, IDurableFiles files)
{
    const int FirstLines = 4096;

    /// <summary>Writes files, each whole or not at all. Before the first is written, all are looked at.</summary>
    /// <param name="contents">Paths below the folder, and texts.</param>
    /// <param name="force">Whether files that were not generated are replaced, too.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="DecnetException">A file is there that was not generated; nothing was written.</exception>
    internal IReadOnlyList<string> Write(IReadOnlyDictionary<string, string> contents, bool force)
    {
        var targets = contents.Keys.ToDictionary(name => name, name => Path.Combine(path, name));
        var manifest = Path.Combine(path, AgentSettings.ManifestName);
        var foreign = force ? [] : targets.Values.Where(IsForeign).Concat(File.Exists(manifest) && !AgentManifest.Is(manifest) ? [manifest] : []).ToArray();
        if (foreign.Length > 0)
        {
            throw new DecnetException(
                $"Nothing was written: {string.Join(", ", foreign)} {(foreign.Length == 1 ? "was" : "were")} not made by 'decnetd unit'. "
                + "Move what is there away, choose another folder, or give --force to replace it.");
        }

        foreach (var (name, text) in contents)
        {
            Replace(targets[name], text);
        }

        return [.. targets.Values];
    }

    static bool IsForeign(string target)
    {
        if (Directory.Exists(target))
        {
            return true;
        }

        if (!File.Exists(target))
        {
            return false;
        }

        using var reader = new StreamReader(target);
        var start = new char[FirstLines];
        return !start.AsSpan(0, reader.ReadBlock(start)).Contains(UnitFiles.Marker, StringComparison.Ordinal);
    }

    void Replace(string target, string text)
    {
        var folder = Path.GetDirectoryName(target)!;
        var temporary = $"{target}.new";
        files.CreateFolder(folder);
        files.Delete(temporary);
        files.Create(temporary, Encoding.UTF8.GetBytes(text));
        if (!OperatingSystem.IsWindows())
        {
            // Everybody may read a unit: it holds no secrets, and tools of other users show it.
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        files.Rename(temporary, target);
        files.FlushFolder(folder);
    }
}
