namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.State;

/// <summary>The file system as one process sees it: each primitive can fail, or be the last that the process does.</summary>
internal sealed class SimulatedFiles(SimulatedDisk disk, IoGate gate, Random random) : IDurableFiles
{
    int failIn = -1;

    /// <summary>Told before each primitive of a save, when the disk may be anything that a reader could see.</summary>
    internal Action? Bystander { get; set; }

    /// <summary>Told when the process has got a lock.</summary>
    internal Action<string>? Locked { get; set; }

    /// <summary>Makes the writing primitive after so many others fail, as a full disk does.</summary>
    internal void FailIn(int writes) => failIn = writes;

    internal void Recover() => failIn = -1;

    public async Task<T> RunAsync<T>(Func<T> steps)
    {
        await gate.TurnAsync();
        try
        {
            return steps();
        }
        catch (SimulatedCrash) when (gate.Turns is not null)
        {
            return await IoGate.NeverAsync<T>();
        }
    }

    public void CreateFolder(string folder)
    {
    }

    public byte[]? Read(string path, long maxBytes) => Step($"read {Short(path)}", () => disk.Read(path));

    public void Create(string path, ReadOnlySpan<byte> contents)
    {
        var bytes = contents.ToArray();
        Change($"create {Short(path)} of {bytes.Length} bytes", () =>
        {
            if (disk.Read(path) is not null)
            {
                throw new IOException($"The file '{path}' exists.");
            }

            disk.Write(path, gate.CrashesDuringThisStep ? bytes[..random.Next(bytes.Length + 1)] : bytes);
        });
    }

    public void Rename(string from, string to) => Change($"rename {Short(from)} to {Short(to)}", () => disk.Rename(from, to));

    public void FlushFolder(string folder) => Change("flush folder", disk.Flush);

    public IReadOnlyList<string> List(string folder, string prefix, string suffix) =>
    [
        .. disk.Files.Where(path =>
            Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(suffix, StringComparison.Ordinal)),
    ];

    public void Delete(string path) => Change($"delete {Short(path)}", () => disk.Delete(path));

    public IDisposable? TryLock(string path, string holder)
    {
        if (!Step($"lock {Short(path)}", () => disk.TryLock(path, gate.Process)))
        {
            return null;
        }

        Locked?.Invoke(path);
        return new Held(disk, path, gate);
    }

    public string? ReadHolder(string path) => disk.HolderOf(path);

    void Change(string step, Action change)
    {
        gate.WritesToFiles++;
        Step(step, () =>
        {
            if (failIn-- == 0)
            {
                throw new IOException("No space left on device.");
            }

            change();
            return true;
        });
        Bystander?.Invoke();
    }

    T Step<T>(string step, Func<T> effect)
    {
        gate.Before(step);
        var result = effect();
        gate.After(step);
        return result;
    }

    // Names of temporary files hold the id of the real process, which differs from run to run.
    static string Short(string path) => Path.GetFileName(path) is var name && name.EndsWith(".tmp", StringComparison.Ordinal) ? "temporary" : name;

    sealed class Held(SimulatedDisk disk, string path, IoGate gate) : IDisposable
    {
        public void Dispose()
        {
            if (!gate.IsDead)
            {
                disk.Unlock(path);
            }
        }
    }
}
