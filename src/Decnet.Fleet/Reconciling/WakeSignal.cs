namespace Decnet.Fleet.Reconciling;

/// <summary>Wakes one waiting loop. Any number of signals before it wakes count as one.</summary>
internal sealed class WakeSignal : IDisposable
{
    readonly SemaphoreSlim signals = new(0, 1);
    readonly Lock gate = new();

    internal void Set()
    {
        lock (gate)
        {
            if (signals.CurrentCount == 0)
            {
                signals.Release();
            }
        }
    }

    /// <summary>Waits for a signal, at most so long.</summary>
    /// <returns>True for a signal, false for the end of the wait.</returns>
    internal async Task<bool> WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var expired = new CancellationTokenSource(longest, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            await signals.WaitAsync(ended.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Takes back a signal that came in the meantime.</summary>
    internal void Reset() => signals.Wait(0, CancellationToken.None);

    public void Dispose() => signals.Dispose();
}
