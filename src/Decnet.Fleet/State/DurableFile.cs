namespace Decnet.Fleet.State;

/// <summary>Writes a file that nobody locks: at every moment it is the old or the new one, complete, and durable on return.</summary>
/// <remarks>It is made with the permissions that it shall have, less the umask, and never has others: 0640 unless a mode is given.</remarks>
internal static class DurableFile
{
    /// <exception cref="FleetFileException">The file is there already, or cannot be written; nothing is left of the attempt.</exception>
    internal static void Write(string path, bool overwrite, Action<Stream> write, UnixFileMode? mode = null)
    {
        var paths = new FleetFilePaths(path);
        if (Directory.Exists(paths.File))
        {
            throw new FleetFileException(paths.File, $"'{paths.File}' is a folder. Give the path of a file.");
        }

        if (!overwrite && File.Exists(paths.File))
        {
            throw Exists(paths.File);
        }

        var temporary = paths.NewTemporary();
        try
        {
            using (var stream = new FileStream(temporary, DurableFiles.Options(FileMode.CreateNew, FileShare.None, mode)))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, paths.File, overwrite);
            DurableFiles.Instance.FlushFolder(paths.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw !overwrite && File.Exists(paths.File)
                ? Exists(paths.File)
                : new FleetFileException(paths.File, $"'{paths.File}' could not be written: {error.Message}", error);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    static FleetFileException Exists(string path) =>
        new(path, $"'{path}' is there already, and was left as it is. Choose another path, or ask for it to be overwritten.");
}
