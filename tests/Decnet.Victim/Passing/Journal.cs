namespace Decnet.Victim.Passing;

using System.Text;

/// <summary>
/// A file of entries that outlive the processes which append them, one process at a time. An entry is one write; the part
/// of one, left by a death within that write, never was.
/// </summary>
public sealed class Journal(string path) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim one = new(1, 1);
    FileStream? file;

    /// <summary>How far this instance has read.</summary>
    public long Position { get; private set; }

    /// <summary>Locks the file, until <see cref="Unlock"/>, and reads what other processes appended.</summary>
    public async Task<IReadOnlyList<string[]>> LockAsync()
    {
        await one.WaitAsync();
        try
        {
            file = await OpenAsync();
            return ReadOn(file);
        }
        catch
        {
            Unlock();
            throw;
        }
    }

    public void Append(string[] entry)
    {
        var line = Encoding.UTF8.GetBytes(string.Join('\t', entry) + "\n");
        file!.SetLength(Position);
        RandomAccess.Write(file.SafeFileHandle, line, Position);
        Position += line.Length;
    }

    public void Unlock()
    {
        file?.Dispose();
        file = null;
        one.Release();
    }

    public void Dispose() => one.Dispose();

    async Task<FileStream> OpenAsync()
    {
        for (var start = Environment.TickCount64; ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (Environment.TickCount64 - start < Patience.TotalMilliseconds)
            {
                await Task.Delay(1);
            }
        }
    }

    List<string[]> ReadOn(FileStream stream)
    {
        var news = new byte[stream.Length - Position];
        var count = RandomAccess.Read(stream.SafeFileHandle, news, Position);
        var end = news.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
        Position += end;
        return [.. Encoding.UTF8.GetString(news, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
