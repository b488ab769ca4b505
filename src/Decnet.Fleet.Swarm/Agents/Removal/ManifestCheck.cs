namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Text.RegularExpressions;
using Decnet.Fleet.Model;

/// <summary>Says everything that is wrong with a manifest, as far as it alone shows it.</summary>
internal static partial class ManifestCheck
{
    /// <summary>Folders of the system, which no installation owns. Those directly below the root are of the system, too.</summary>
    static readonly HashSet<string> SystemFolders = new(StringComparer.Ordinal)
    {
        "/etc/systemd", "/etc/systemd/system", "/etc/sysctl.d", "/etc/tmpfiles.d", "/etc/logrotate.d", "/etc/polkit-1", "/etc/polkit-1/rules.d",
        "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/share", "/usr/lib/systemd", "/usr/lib/systemd/system",
        "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/usr/local/lib", "/usr/local/etc", "/usr/local/share",
        "/var/lib", "/var/log", "/var/run", "/var/cache", "/var/spool", "/var/tmp", "/var/opt", "/var/lib/docker", "/var/lib/containerd",
        "/run/systemd", "/run/user", "/run/lock", "/dev/shm",
    };

    internal static IEnumerable<FleetIssue> Of(InstallManifest manifest)
    {
        if (manifest.Version != InstallManifest.CurrentVersion)
        {
            yield return FleetIssue.Error("unknown-version", $"It is of version '{manifest.Version}', not {InstallManifest.CurrentVersion}.", "use the program that has written it", "version");
        }

        if (!Identity().IsMatch(manifest.Id))
        {
            yield return FleetIssue.Error("bad-id", $"'{manifest.Id}' is not the identity of an installation.", "it has 32 lower-case hexadecimal digits", "id");
        }

        foreach (var unit in manifest.Units.Where(unit => !Unit().IsMatch(unit)))
        {
            yield return FleetIssue.Error("bad-unit", $"'{unit}' is not a unit of Decnet.", "its name begins with 'decnet'", unit);
        }

        string[] paths = [.. manifest.Files, .. manifest.Folders, .. manifest.Logs];
        foreach (var path in paths.Where(path => !IsPlain(path)))
        {
            yield return FleetIssue.Error("bad-path", $"'{path}' is not an absolute path without '.', '..', doubled or trailing slashes.", "write it as the system knows it", path);
        }

        foreach (var twice in paths.Concat(manifest.Units).GroupBy(entry => entry, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return FleetIssue.Error("listed-twice", $"'{twice.Key}' is listed {twice.Count()} times.", "list it once", twice.Key);
        }

        foreach (var issue in manifest.Folders.Where(IsPlain).SelectMany(folder => Folder(folder, manifest)).Concat(manifest.Files.Where(IsPlain).SelectMany(file => OneFile(file, manifest))))
        {
            yield return issue;
        }
    }

    /// <summary>Whether a path lies in a folder, at any depth.</summary>
    internal static bool LiesIn(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (folder == "/" || path[folder.Length] == '/');

    static IEnumerable<FleetIssue> Folder(string folder, InstallManifest manifest)
    {
        if (IsSystem(folder))
        {
            yield return FleetIssue.Error("system-folder", $"'{folder}' is a folder of the system.", "list the folder of the installation in it", folder);
        }

        foreach (var log in manifest.Logs.Where(log => LiesIn(folder, log)))
        {
            yield return FleetIssue.Error("kept", $"'{folder}' lies in '{log}', which is kept.", "list it in one place", folder);
        }
    }

    static IEnumerable<FleetIssue> OneFile(string file, InstallManifest manifest)
    {
        if (!Path.GetFileName(file).Contains("decnet", StringComparison.Ordinal) && !manifest.Folders.Any(folder => !IsSystem(folder) && LiesIn(file, folder)))
        {
            yield return FleetIssue.Error("not-ours", $"Nothing shows that '{file}' is of Decnet: its name does not say so, and it lies in none of the folders.", "leave it out", file);
        }

        foreach (var log in manifest.Logs.Where(log => LiesIn(file, log)))
        {
            yield return FleetIssue.Error("kept", $"'{file}' lies in '{log}', which is kept.", "list it in one place", file);
        }
    }

    static bool IsSystem(string folder) => folder.LastIndexOf('/') == 0 || SystemFolders.Contains(folder);

    static bool IsPlain(string path) =>
        path.StartsWith('/')
        && (path.Length == 1 || path.Split('/').Skip(1).All(part => part is not ("" or "." or "..")))
        && !path.Any(char.IsControl);

    [GeneratedRegex("^[0-9a-f]{32}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identity();

    [GeneratedRegex("^decnet[a-z0-9_.@-]*\\.(service|timer|socket|target|path|slice)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unit();
}
