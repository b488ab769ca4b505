namespace Decnet.Shell.Support;

using System.Text.Json.Nodes;
using Decnet.Fleet.State;

/// <summary>Lists the files of a state folder with sizes and modes; their contents are not read.</summary>
internal static class FolderListing
{
    /// <summary>More than that are not listed.</summary>
    const int MostFiles = 1000;

    static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    internal static JsonObject Of(StateFolder folder)
    {
        var root = new DirectoryInfo(folder.Path);
        return new JsonObject
        {
            ["folder"] = folder.Path,
            ["exists"] = root.Exists,
            ["entries"] = root.Exists
                ? BundleParts.List([root, .. root.EnumerateFileSystemInfos("*", All).Take(MostFiles)], entry => Entry(root, entry))
                : null,
        };
    }

    static JsonObject Entry(DirectoryInfo root, FileSystemInfo entry) => new()
    {
        ["path"] = Path.GetRelativePath(root.FullName, entry.FullName),
        ["folder"] = entry is DirectoryInfo,
        ["bytes"] = (entry as FileInfo)?.Length,
        ["mode"] = OperatingSystem.IsWindows() ? null : Convert.ToString((int)entry.UnixFileMode, 8),
        ["written_at"] = BundleParts.Time(new DateTimeOffset(entry.LastWriteTimeUtc)),
    };
}
