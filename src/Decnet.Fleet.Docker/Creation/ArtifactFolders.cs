namespace Decnet.Fleet.Docker.Creation;

using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// Where on the engine's host the folders are that containers see. Inside a container the place can be read in
/// <c>/proc/self/mountinfo</c>; so each folder has the beginning of a hash for its name, which names no decky and no product.
/// </summary>
public static class ArtifactFolders
{
    /// <summary>The root unless another is asked for: <c>/var/lib/artifacts</c>.</summary>
    public const string DefaultRoot = "/var/lib/artifacts";

    /// <summary>Half of a SHA-256: enough that no two folders meet.</summary>
    const int NameLength = 32;

    /// <summary>Tells where a folder of a decky is.</summary>
    /// <param name="root">The root, as <see cref="DockerRuntimeOptions.ArtifactsRoot"/> says.</param>
    /// <param name="decky">The decky.</param>
    /// <param name="folder">The folder, as <see cref="ServiceVolume.Folder"/> of the service says, such as <c>ssh</c>.</param>
    /// <returns>The path on the engine's host.</returns>
    /// <exception cref="ArgumentException">The root is not an absolute path, or the folder is no relative name.</exception>
    public static string HostFolder(string root, DeckyName decky, string folder)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        return FaultOfRoot(root) is { } fault ? throw new ArgumentException(fault, nameof(root))
            : IsPlain(folder) ? PathOf(root, $"{decky.Value}/{folder}")
            : throw new ArgumentException($"'{folder}' is not a relative name of a folder.", nameof(folder));
    }

    /// <summary>The bind of a volume in the engine's words.</summary>
    /// <exception cref="RuntimeException">The volume would reach out of the root, or cannot be written as a bind.</exception>
    internal static string Bind(string root, ContainerSpec container, ServiceVolume volume)
    {
        if (!IsPlain(volume.Folder) || !volume.Path.StartsWith('/') || !IsPlain(volume.Path[1..]))
        {
            throw new RuntimeException(
                RuntimeError.Invalid,
                $"The container {container.Name} cannot have the folder '{volume.Folder}' at '{volume.Path}': the first must be a relative path, the second an absolute "
                + "one, both without '.', '..', colons and backslashes. Correct the volume of its service in the catalog.");
        }

        return $"{PathOf(root, volume.Folder)}:{volume.Path}:{(volume.ReadOnly ? "ro" : "rw")}";
    }

    /// <summary>What is wrong with a root; null when nothing is.</summary>
    internal static string? FaultOfRoot(string root) =>
        root.StartsWith('/') && IsPlain(root[1..].TrimEnd('/'))
            ? null
            : $"ArtifactsRoot is '{root}': give an absolute path of the engine's host without '.', '..', colons and backslashes, such as {DefaultRoot}.";

    static string PathOf(string root, string folder) =>
        $"{root.TrimEnd('/')}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..NameLength]}";

    static bool IsPlain(string path) =>
        path.Length > 0
        && !path.Any(c => c is ':' or '\\' || char.IsControl(c))
        && path.Split('/').All(part => part is not ("" or "." or ".."));
}
