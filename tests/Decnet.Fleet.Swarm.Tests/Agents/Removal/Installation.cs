namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Testing;

/// <summary>Files and folders of an installation, real ones in a folder of the test, and the manifest that lists them.</summary>
internal sealed class Installation : IDisposable
{
    internal const string Id = "0123456789abcdef0123456789abcdef";

    readonly TemporaryFolder folder = new();

    internal Installation()
    {
        Write("bin/decnetd", "a program");
        Write("units/decnet-agent.service", "[Unit]");
        Write("lib/decnet/db/decnet.db", "rows");
        Write("lib/decnet/pki/host.key", "secret");
        Write("lib/other/kept.txt", "not ours");
        Write("log/decnet/agent.log", "lines");
        Manifest = new InstallManifest
        {
            Version = InstallManifest.CurrentVersion,
            Id = Id,
            Units = ["decnet-agent.service"],
            Files = [Path("bin/decnetd"), Path("units/decnet-agent.service")],
            Folders = [Path("lib/decnet")],
            Logs = [Path("log/decnet")],
        };
        Manifest.Mark(Path("lib/decnet"));
        ManifestPath = Path("lib/decnet/install-manifest.json");
        Manifest.Write(ManifestPath);
    }

    internal InstallManifest Manifest { get; private set; }

    internal string ManifestPath { get; }

    internal string Path(string name) => folder.File(name);

    internal void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    internal void Link(string name, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.CreateSymbolicLink(Path(name), Path(target));
    }

    internal void Change(Func<InstallManifest, InstallManifest> change)
    {
        Manifest = change(Manifest);
        Manifest.Write(ManifestPath, overwrite: true);
    }

    /// <summary>All files that are left, by their paths in the folder.</summary>
    internal string[] Left() =>
        [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(folder.Path, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();
}
