namespace Decnet.FakeDaemon;

/// <summary>What came, in order, for tests that look at it or wait for it.</summary>
sealed class Arrivals<T>
    where T : class
{
    readonly Lock _lock = new();
    readonly List<T> _items = [];
    TaskCompletionSource _next = NewSignal();

    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Add(item);
            _next.TrySetResult();
            _next = NewSignal();
        }
    }

    public IReadOnlyList<T> Snapshot()
    {
        lock (_lock)
        {
            return [.. _items];
        }
    }

    public async Task<T> WaitAsync(Func<T, bool> predicate, int times, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_items.Where(predicate).Skip(times - 1).FirstOrDefault() is { } found)
                {
                    return found;
                }

                next = _next.Task;
            }

            try
            {
                await next.WaitAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException("What the test waits for did not come; there were: " + string.Join(", ", Snapshot()));
            }
        }
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
