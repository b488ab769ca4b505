namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Text.Json;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;
using Decnet.Fleet.State;

/// <summary>
/// What the installation of an agent has put on a host, and so what its removal takes away: exactly this, and nothing else. Written when
/// it is installed, read when it is removed.
/// </summary>
public sealed record InstallManifest
{
    /// <summary>The version of the format.</summary>
    public const string CurrentVersion = "1";

    /// <summary>The file by which a folder shows that it is one of ours; it holds <see cref="Id"/>.</summary>
    public const string MarkerName = ".decnet-install";

    /// <summary>The largest manifest that is read, in bytes: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The version of the format, <see cref="CurrentVersion"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The identity of the installation: 32 hexadecimal digits, chosen at random.</summary>
    public required string Id { get; init; }

    /// <summary>The units of the service manager that are stopped and disabled, such as <c>decnet-agent.service</c>.</summary>
    /// <value>Default: none.</value>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Units { get; init => field = value ?? []; } = [];

    /// <summary>The files that are removed, by absolute path. Their names say that they are ours, or they lie in one of the folders.</summary>
    /// <value>Default: none.</value>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Files { get; init => field = value ?? []; } = [];

    /// <summary>The folders that are removed with all that is in them, by absolute path. Each holds the marker of this installation.</summary>
    /// <value>Default: none.</value>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Folders { get; init => field = value ?? []; } = [];

    /// <summary>Files and folders that are kept, by absolute path, wherever they lie.</summary>
    /// <value>Default: none.</value>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> Logs { get; init => field = value ?? []; } = [];

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="FleetValidationException">It is not there, others than root and this user may change it, or something in it is wrong; the error has every reason.</exception>
    public static InstallManifest Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var issues = new List<FleetIssue>();
        if (OperatingSystem.IsLinux() && File.Exists(path))
        {
            issues.AddRange(ManifestOwners.Check(Path.GetFullPath(path)));
        }

        return Checked(path, issues);
    }

    /// <summary>Reads a manifest of which nothing is removed, whoever may change it.</summary>
    /// <exception cref="FleetValidationException">It is not there, or something in it is wrong; the error has every reason.</exception>
    internal static InstallManifest ReadDraft(string path) => Checked(path, []);

    /// <summary>Writes the manifest.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="overwrite">Whether one that is there is replaced.</param>
    /// <exception cref="FleetValidationException">Something in it is wrong; the error has every reason.</exception>
    /// <exception cref="FleetFileException">It is there already, or cannot be written.</exception>
    public void Write(string path, bool overwrite = false)
    {
        FleetIssue[] issues = [.. ManifestCheck.Of(this)];
        if (issues.Length > 0)
        {
            throw new FleetValidationException($"The install manifest '{path}'", issues);
        }

        // Everybody may read it: root installs it, and the agent tells by it what would go.
        const UnixFileMode Mode0644 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        DurableFile.Write(path, overwrite, stream => JsonSerializer.Serialize(stream, this, ManifestJsonContext.Default.InstallManifest), Mode0644);
    }

    /// <summary>Marks a folder as one of this installation. One that is marked already is left as it is.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <exception cref="FleetFileException">The marker cannot be written, or is that of another installation.</exception>
    public void Mark(string folder)
    {
        var path = Path.Combine(folder, MarkerName);
        if (!File.Exists(path))
        {
            DurableFile.Write(path, overwrite: false, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(Id + "\n")));
        }
        else if (File.ReadAllText(path).Trim() != Id)
        {
            throw new FleetFileException(path, $"'{folder}' belongs to another installation of Decnet, as '{path}' says. Choose another folder, or remove that file.");
        }
    }

    static InstallManifest Checked(string path, List<FleetIssue> issues)
    {
        var manifest = Parse(path, issues);
        if (manifest is not null)
        {
            issues.AddRange(ManifestCheck.Of(manifest));
        }

        return manifest is not null && issues.Count == 0 ? manifest : throw new FleetValidationException($"The install manifest '{path}'", issues);
    }

    static InstallManifest? Parse(string path, List<FleetIssue> issues)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.LinkTarget is not null || file.Attributes.HasFlag(FileAttributes.Directory))
            {
                issues.Add(FleetIssue.Error("no-manifest", $"{path}, the list of what was installed, {(file.Exists ? "is no regular file" : "is not there")}.", "start the agent with --manifest and the one that the installation has written", path));
                return null;
            }

            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            {
                issues.Add(FleetIssue.Error("manifest-writable", "Others than its owner may change it.", $"look what it lists, then: chmod go-w '{path}'", path));
            }

            var text = DurableFiles.Instance.Read(path, MaxBytes) ?? [];
            return JsonSerializer.Deserialize(text, ManifestJsonContext.Default.InstallManifest) ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            issues.Add(FleetIssue.Error("bad-manifest", $"It cannot be read: {error.Message}", "restore the one that the installation has written", path));
            return null;
        }
    }
}
