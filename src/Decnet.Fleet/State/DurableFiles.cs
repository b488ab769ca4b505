namespace Decnet.Fleet.State;

using System.Text;

/// <summary>The steps on the real file system. Files are made with mode 0640 and folders with 0750, less the umask.</summary>
internal sealed class DurableFiles : IDurableFiles
{
    internal static readonly DurableFiles Instance = new();

    const UnixFileMode FileMode0640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    const UnixFileMode FolderMode0750 = FileMode0640 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
    const int MaxHolderBytes = 1024;

    public Task<T> RunAsync<T>(Func<T> steps) => Task.Run(steps);

    public void CreateFolder(string folder) => CreateFolder(folder, FolderMode0750);

    /// <summary>Makes a folder with the given permissions, and its parents with 0750, unless it is there. Durable on return.</summary>
    internal void CreateFolder(string folder, UnixFileMode mode)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            if (parent is not null)
            {
                CreateFolder(parent);
            }

            Directory.CreateDirectory(folder, mode);
        }

        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    public byte[]? Read(string path, long maxBytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using var contents = new MemoryStream((int)Math.Clamp(stream.Length, 0, maxBytes));
            var buffer = new byte[81920];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (contents.Length + count > maxBytes)
                {
                    throw new IOException($"It is larger than {maxBytes} bytes.");
                }

                contents.Write(buffer, 0, count);
            }

            return contents.Length == contents.Capacity ? contents.GetBuffer() : contents.ToArray();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Create(string path, ReadOnlySpan<byte> contents)
    {
        using var stream = new FileStream(path, Options(FileMode.CreateNew, FileShare.None));
        stream.Write(contents);
        stream.Flush(flushToDisk: true);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            using var handle = DurableFilesNative.OpenForReading(folder);
            RandomAccess.FlushToDisk(handle);
        }
    }

    public IReadOnlyList<string> List(string folder, string prefix, string suffix) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(path =>
                Path.GetFileName(path.AsSpan()).StartsWith(prefix, StringComparison.Ordinal)
                && path.EndsWith(suffix, StringComparison.Ordinal))]
            : [];

    public void Delete(string path) => File.Delete(path);

    public IDisposable? TryLock(string path, string holder)
    {
        FileStream stream;
        try
        {
            // On Unix, "None" is flock; on Windows "Read" keeps other writers out while they can read who holds the lock.
            stream = new FileStream(path, Options(FileMode.OpenOrCreate, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None));
        }
        catch (IOException error) when (DurableFilesNative.IsHeldByOther(error))
        {
            return null;
        }

        try
        {
            if (!OperatingSystem.IsWindows() && !DurableFilesNative.TryLock(stream.SafeFileHandle))
            {
                stream.Dispose();
                return null;
            }

            var text = Encoding.UTF8.GetBytes(holder + "\n");
            stream.Write(text);
            stream.SetLength(text.Length);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public string? ReadHolder(string path)
    {
        try
        {
            using var handle = OperatingSystem.IsWindows()
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
                : DurableFilesNative.OpenForReading(path);
            var buffer = new byte[MaxHolderBytes];
            var text = Encoding.UTF8.GetString(buffer, 0, RandomAccess.Read(handle, buffer, 0)).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static FileStreamOptions Options(FileMode mode, FileShare share, UnixFileMode? permissions = null)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = permissions ?? FileMode0640;
        }

        return options;
    }
}
