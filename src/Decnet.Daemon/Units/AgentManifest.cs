namespace Decnet.Daemon.Units;

using System.Security.Cryptography;
using Decnet.Daemon.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents.Removal;

/// <summary>The install manifest of an agent whose files are where the page on units puts them.</summary>
internal static class AgentManifest
{
    /// <summary>Where it is installed: where root alone may change it, since root removes what it lists.</summary>
    internal const string InstalledPath = "/etc/decnet-agent-manifest.json";

    const int IdBytes = 16;

    /// <summary>Writes it into the folder with the unit. One that is there keeps its identity, since folders bear it.</summary>
    /// <returns>Its path.</returns>
    internal static string Write(UnitRequest request, IEnumerable<string> files, string folder)
    {
        var path = Path.Combine(folder, AgentSettings.ManifestName);
        var manifest = new InstallManifest
        {
            Version = InstallManifest.CurrentVersion,
            Id = PresentId(path) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            Units = [request.Unit, UnitFiles.Target],
            // The manifest goes last, so that a removal that is interrupted can be made again.
            Files = [.. files.Select(PlaceOf), request.Binary, InstalledPath],
            Folders = [request.StateDir],
            Logs = request.LogFile is { } log ? [log] : [],
        };
        manifest.Write(path, overwrite: true);
        return path;
    }

    /// <summary>Whether a file is a manifest, and so one that may be replaced.</summary>
    internal static bool Is(string path) => PresentId(path) is not null;

    static string PlaceOf(string file) => file.Contains('/', StringComparison.Ordinal) ? $"/etc/{file}" : $"/etc/systemd/system/{file}";

    static string? PresentId(string path)
    {
        try
        {
            return File.Exists(path) ? InstallManifest.ReadDraft(path).Id : null;
        }
        catch (FleetValidationException)
        {
            return null;
        }
    }
}
