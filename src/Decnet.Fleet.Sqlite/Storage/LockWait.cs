namespace Decnet.Fleet.Sqlite.Storage;

/// <summary>
/// Short waits of random length between attempts to get a lock that another process holds. Other processes live in real
/// time, so these waits do too, whatever clock the store was given.
/// </summary>
internal sealed class LockWait(TimeSpan limit)
{
    const int FirstMilliseconds = 1;
    const int LongestMilliseconds = 25;

    readonly Random random = new(HashCode.Combine(Environment.ProcessId, Environment.CurrentManagedThreadId));
    readonly long start = TimeProvider.System.GetTimestamp();
    int longest = FirstMilliseconds;

    internal TimeSpan Waited => TimeProvider.System.GetElapsedTime(start);

    /// <summary>Waits once.</summary>
    /// <returns>False when the time is over.</returns>
    internal async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (Waited >= limit)
        {
            return false;
        }

        var wait = TimeSpan.FromMilliseconds(random.Next(FirstMilliseconds, longest + 1));
        await Task.Delay(wait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        longest = Math.Min(longest * 2, LongestMilliseconds);
        return true;
    }
}
