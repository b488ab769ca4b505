namespace Decnet.Fleet.State;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>
/// An exclusive lock on a file, across processes and within one. The file names its holder and is never deleted; the lock
/// ends with <see cref="DisposeAsync"/> or with the process, however that ends. It is not reentrant: who holds the lock of
/// a fleet file and saves that file waits for itself.
/// </summary>
public sealed class FleetLock : IAsyncDisposable
{
    static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(25);

    readonly IDurableFiles files;
    IDisposable? held;

    FleetLock(string path, string holder, IDurableFiles files, IDisposable held)
    {
        Path = path;
        Holder = holder;
        this.files = files;
        this.held = held;
    }

    /// <summary>The path of the lock file.</summary>
    public string Path { get; }

    /// <summary>What the lock file says of the holder: program, process id, host, since when, and for what.</summary>
    public string Holder { get; }

    /// <summary>Waits until the lock is free, and takes it. Waiters try again at random moments, in no order.</summary>
    /// <param name="path">The path of the lock file. Its folder is made when it is not there.</param>
    /// <param name="timeout">How long to wait; zero tries once.</param>
    /// <param name="purpose">What the lock is for, as others are told, such as <c>saving the fleet</c>.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, to be disposed of.</returns>
    /// <exception cref="FleetLockedException">Somebody else holds it for longer than the wait.</exception>
    /// <exception cref="FleetFileException">The lock file cannot be opened, or its file system cannot lock.</exception>
    public static Task<FleetLock> AcquireAsync(
        string path, TimeSpan timeout, string purpose, TimeProvider? clock = null, CancellationToken cancellationToken = default) =>
        AcquireAsync(
            DurableFiles.Instance, path, timeout, purpose, clock ?? TimeProvider.System, RandomSource.New(), cancellationToken);

    internal static async Task<FleetLock> AcquireAsync(
        IDurableFiles files, string path, TimeSpan timeout, string purpose, TimeProvider clock, Random random, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        path = System.IO.Path.GetFullPath(path);
        var start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var holder = Describe(clock.GetUtcNow(), purpose);
            var held = await files.RunAsync(() => TryLock(files, path, holder)).ConfigureAwait(false);
            if (held is not null)
            {
                return new FleetLock(path, holder, files, held);
            }

            var waited = clock.GetElapsedTime(start);
            if (waited >= timeout)
            {
                throw Locked(path, await files.RunAsync(() => files.ReadHolder(path)).ConfigureAwait(false), waited);
            }

            var wait = NextWait(random);
            await Task.Delay(wait < timeout - waited ? wait : timeout - waited, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Releases the lock. A second call does nothing.</summary>
    /// <returns>When it is released.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref held, null) is { } handle)
        {
            await files.RunAsync(() =>
            {
                handle.Dispose();
                return true;
            }).ConfigureAwait(false);
        }
    }

    static IDisposable? TryLock(IDurableFiles files, string path, string holder)
    {
        try
        {
            files.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            return files.TryLock(path, holder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FleetFileException(
                path,
                $"The lock file '{path}' cannot be used: {error.Message} Nothing was changed. The user of this process must be able to write it and its folder.",
                error);
        }
    }

    static TimeSpan NextWait(Random random)
    {
        lock (random)
        {
            return ShortestWait + ((LongestWait - ShortestWait) * random.NextDouble());
        }
    }

    static string Describe(DateTimeOffset now, string purpose) => string.Create(
        CultureInfo.InvariantCulture,
        $"{AppDomain.CurrentDomain.FriendlyName} (pid {Environment.ProcessId} on host {Environment.MachineName}) since {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, {purpose}");

    static FleetLockedException Locked(string path, string? holder, TimeSpan waited) => new(
        path,
        holder,
        waited,
        $"The lock '{path}' is held by {holder ?? "another process, which did not write its name"}. "
        + string.Create(CultureInfo.InvariantCulture, $"Nothing was changed after waiting for {waited.TotalSeconds:0.#} s. ")
        + "Try again when it has finished, or stop it.");
}
