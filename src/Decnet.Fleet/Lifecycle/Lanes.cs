namespace Decnet.Fleet.Lifecycle;

/// <summary>Does something to each of several things, a bounded number at a time, in their order as far as that goes.</summary>
internal static class Lanes
{
    /// <summary>
    /// Ends when nothing is under way any more. After a failure nothing further is begun; what is under way comes to its end,
    /// so that the caller knows all that was done.
    /// </summary>
    internal static Task RunAsync<T>(IReadOnlyList<T> items, int lanes, Func<T, Task> step, CancellationToken cancellationToken)
    {
        var taken = 0;
        var failed = false;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(lanes, items.Count)).Select(_ => LaneAsync()).ToArray());

        async Task LaneAsync()
        {
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref taken) is var number && number <= items.Count)
            {
                try
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await step(items[number - 1]).ConfigureAwait(false);
                }
                catch
                {
                    Volatile.Write(ref failed, true);
                    throw;
                }
            }
        }
    }
}
