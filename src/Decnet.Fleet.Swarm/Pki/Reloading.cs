namespace Decnet.Fleet.Swarm.Pki;

/// <summary>
/// Something that was read from files, and is read again when one of them has another time or size. The files are looked at
/// when somebody asks, once a second at most. What cannot be read leaves the former in force.
/// </summary>
internal sealed class Reloading<T> where T : class
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly string[] paths;
    readonly Func<T> load;
    readonly Action<Exception> failed;
    readonly TimeProvider clock;
    (DateTime Written, long Length)[] stamps;
    long lookedAt;
    volatile T current;

    /// <summary>Reads it for the first time; what goes wrong then is thrown.</summary>
    internal Reloading(IEnumerable<string> paths, Func<T> load, Action<Exception> failed, TimeProvider clock)
    {
        this.paths = [.. paths];
        this.load = load;
        this.failed = failed;
        this.clock = clock;
        stamps = Stamps();
        lookedAt = clock.GetTimestamp();
        current = load();
    }

    /// <summary>The newest that could be read.</summary>
    internal T Current
    {
        get
        {
            if (clock.GetElapsedTime(Interlocked.Read(ref lookedAt)) >= Pause)
            {
                Look();
            }

            return current;
        }
    }

    /// <summary>Looks at the files now, as before changing them.</summary>
    internal T Look() => Look(sure: false);

    /// <summary>Reads the files now, as after having changed them: two changes of a moment may have the same time and size.</summary>
    internal T Reload() => Look(sure: true);

    T Look(bool sure)
    {
        lock (gate)
        {
            Interlocked.Exchange(ref lookedAt, clock.GetTimestamp());

            // Before reading: what is written while we read has another stamp the next time.
            var seen = Stamps();
            if (sure || !seen.AsSpan().SequenceEqual(stamps))
            {
                stamps = seen;
                try
                {
                    current = load();
                }
                catch (Exception error) when (error is Model.DecnetException or IOException or UnauthorizedAccessException)
                {
                    failed(error);
                }
            }

            return current;
        }
    }

    (DateTime Written, long Length)[] Stamps() =>
        [.. paths.Select(path => new FileInfo(path)).Select(file => file.Exists ? (file.LastWriteTimeUtc, file.Length) : default)];
}
