namespace Decnet.FakeDaemon;

/// <summary>The requests that came.</summary>
sealed class RequestLog
{
    readonly Lock _lock = new();
    readonly List<FakeRequest> _requests = [];
    TaskCompletionSource _next = NewSignal();

    public void Add(FakeRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            _next.TrySetResult();
            _next = NewSignal();
        }
    }

    public IReadOnlyList<FakeRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    public async Task<FakeRequest> WaitAsync(RoutePattern pattern, int times, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_requests.Where(pattern.Matches).Skip(times - 1).FirstOrDefault() is { } found)
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
                throw new TimeoutException("The request did not come; there were: " + string.Join(", ", Snapshot()));
            }
        }
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
