namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// A folder on a disk. What was not flushed is in an ordered journal, of which a loss of power keeps a part, as journaling
/// file systems do; the end of a process alone loses nothing.
/// </summary>
internal sealed class SimulatedDisk
{
    readonly List<Action<Dictionary<string, byte[]>>> journal = [];
    readonly Dictionary<string, string> locks = new(StringComparer.Ordinal);
    Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
    Dictionary<string, byte[]> durable = new(StringComparer.Ordinal);

    internal IEnumerable<string> Files => files.Keys.Order(StringComparer.Ordinal);

    internal byte[]? Read(string path) => files.GetValueOrDefault(path);

    internal void Write(string path, byte[] contents) => Do(now => now[path] = contents);

    internal void Rename(string from, string to)
    {
        if (!files.ContainsKey(from))
        {
            throw new FileNotFoundException($"There is no file '{from}'.");
        }

        Do(now =>
        {
            if (now.Remove(from, out var contents))
            {
                now[to] = contents;
            }
        });
    }

    internal void Delete(string path) => Do(now => now.Remove(path));

    internal void Flush()
    {
        durable = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
        journal.Clear();
    }

    /// <summary>What somebody else writes; it is on the disk at once.</summary>
    internal void Put(string path, byte[]? contents)
    {
        if (contents is null)
        {
            Delete(path);
        }
        else
        {
            Write(path, contents);
        }

        Flush();
    }

    internal int LosePower(Random random)
    {
        var survive = random.Next(journal.Count + 1);
        foreach (var change in journal.Take(survive))
        {
            change(durable);
        }

        var lost = journal.Count - survive;
        journal.Clear();
        files = new Dictionary<string, byte[]>(durable, StringComparer.Ordinal);
        return lost;
    }

    internal bool TryLock(string path, string process) => locks.TryAdd(path, process);

    internal void Unlock(string path) => locks.Remove(path);

    internal void ReleaseLocksOf(string process)
    {
        foreach (var path in locks.Where(held => held.Value == process).Select(held => held.Key).ToArray())
        {
            locks.Remove(path);
        }
    }

    internal string? HolderOf(string path) => locks.GetValueOrDefault(path);

    void Do(Action<Dictionary<string, byte[]>> change)
    {
        change(files);
        journal.Add(change);
    }
}
