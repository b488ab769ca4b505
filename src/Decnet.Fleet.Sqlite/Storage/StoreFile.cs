namespace Decnet.Fleet.Sqlite.Storage;

/// <summary>Makes the store's folder and file with the right permissions.</summary>
internal static class StoreFile
{
    const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    static readonly Lock Gate = new();

    /// <summary>Makes an empty file unless something is there. It never opens a file that is there.</summary>
    /// <remarks>
    /// Closing any handle of a file drops the locks that the process has on it (POSIX), so a store's file is opened by the
    /// engine alone. For the same reason two threads do not do this at once.
    /// </remarks>
    internal static void Ensure(string path)
    {
        lock (Gate)
        {
            if (Directory.Exists(path))
            {
                throw StoreErrors.NotADatabase(path, "a folder");
            }

            if (File.Exists(path))
            {
                return;
            }

            CreateFolder(System.IO.Path.GetDirectoryName(path));
            CreateEmpty(path);
        }
    }

    /// <summary>Makes an empty file; does nothing when another process was faster.</summary>
    internal static void CreateEmpty(string path)
    {
        var settings = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = FileMode;
        }

        try
        {
            new FileStream(path, settings).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
        }
    }

    static void CreateFolder(string? folder)
    {
        if (folder is null or "" || Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // One by one, since the mode goes to the last folder of a path only.
            CreateFolder(System.IO.Path.GetDirectoryName(folder));
            Directory.CreateDirectory(folder, FolderMode);
        }
    }
}
