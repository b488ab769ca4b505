namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Runtime.InteropServices;

/// <summary>
/// A folder that is held open while its entries are looked at and removed. No path is followed twice, and no link at all: what was
/// looked at is what is removed, whoever renames things meanwhile.
/// </summary>
internal sealed class OpenFolder : IDisposable
{
    readonly int descriptor;

    OpenFolder(int descriptor, string path)
    {
        this.descriptor = descriptor;
        Path = path;
    }

    /// <summary>The path by which it was reached.</summary>
    internal string Path { get; }

    /// <summary>Opens the folder in which an entry lies, from the root on.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="look">Looks at each folder on the way, and at the last; null for nothing.</param>
    /// <exception cref="RemovalException">A part of the path is missing, a link, or no folder.</exception>
    internal static OpenFolder Above(string path, Action<OpenFolder>? look = null)
    {
        var folder = new OpenFolder(Checked(RemovalNative.OpenRoot(), "/"), "");
        look?.Invoke(folder);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
        {
            using var parent = folder;
            folder = parent.Enter(part);
            look?.Invoke(folder);
        }

        return folder;
    }

    /// <summary>What an entry is.</summary>
    internal EntryKind KindOf(string name) => RemovalNative.KindOf(descriptor, name) ?? throw Failed($"{Path}/{name}");

    /// <summary>Whether an entry lies on the device of the folder, even if it is a mount.</summary>
    internal bool IsOnSameDevice(string name) => DeviceOf(name) == DeviceOf(".");

    /// <summary>Whose an entry is; <c>.</c> is the folder itself.</summary>
    internal EntryOwner OwnerOf(string name) => RemovalNative.OwnerOf(descriptor, name) ?? throw Failed($"{Path}/{name}");

    /// <summary>Opens a folder in it.</summary>
    internal OpenFolder Enter(string name)
    {
        var path = $"{Path}/{name}";
        return KindOf(name) switch
        {
            EntryKind.Missing => throw new RemovalException($"'{path}' is not there.") { IsMissing = true },
            EntryKind.Link => throw new RemovalException($"'{path}' is a symbolic link, and what it points at was not listed."),
            EntryKind.Folder or EntryKind.Mount => new OpenFolder(Checked(RemovalNative.OpenFolder(descriptor, name), path), path),
            _ => throw new RemovalException($"'{path}' is no folder."),
        };
    }

    /// <summary>The names of its entries, as they are now.</summary>
    internal string[] Names() => [.. Directory.EnumerateFileSystemEntries($"/proc/self/fd/{descriptor}").Select(entry => System.IO.Path.GetFileName(entry)!)];

    /// <summary>Reads the beginning of a small file in it; null when it is no regular file.</summary>
    internal string? Read(string name)
    {
        if (KindOf(name) != EntryKind.File)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[256];
        using var file = File.OpenHandle($"/proc/self/fd/{descriptor}/{name}");
        return System.Text.Encoding.UTF8.GetString(text[..RandomAccess.Read(file, text, 0)]);
    }

    /// <summary>Whether this process may add and remove entries.</summary>
    internal bool CanChange() => RemovalNative.AccessAt(descriptor, ".", RemovalNative.MayWriteAndEnter, 0) == 0;

    internal void RemoveFile(string name) => Checked(RemovalNative.UnlinkAt(descriptor, name, 0), $"{Path}/{name}");

    internal void RemoveFolder(string name) => Checked(RemovalNative.UnlinkAt(descriptor, name, RemovalNative.RemoveFolder), $"{Path}/{name}");

    ulong DeviceOf(string name) => RemovalNative.DeviceOf(descriptor, name) ?? throw Failed($"{Path}/{name}");

    public void Dispose() => RemovalNative.Close(descriptor);

    static int Checked(int result, string path) => result >= 0 ? result : throw Failed(path);

    static RemovalException Failed(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new RemovalException($"'{path}': {Marshal.GetPInvokeErrorMessage(error)}.")
        {
            IsMissing = error == RemovalNative.NoSuchEntry,
            IsDenied = error == RemovalNative.Denied,
        };
    }
}
