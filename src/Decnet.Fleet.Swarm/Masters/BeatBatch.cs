namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>Writes signs of life of many hosts together: those that come within a moment, in one transaction.</summary>
internal sealed class BeatBatch(IStateStore store, TimeSpan delay, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly SemaphoreSlim turn = new(1, 1);
    readonly CancellationTokenSource closing = new();
    Dictionary<HostId, StateChange.RecordReport> waiting = [];
    Task flushing = Task.CompletedTask;
    bool isScheduled;

    /// <summary>Takes one; without a delay it is written when the task ends.</summary>
    internal Task AddAsync(StateChange.RecordReport beat)
    {
        if (delay == TimeSpan.Zero)
        {
            return store.CommitAsync([beat], clock.GetUtcNow(), CancellationToken.None);
        }

        lock (gate)
        {
            waiting[beat.HostId] = beat;
            if (!isScheduled)
            {
                isScheduled = true;
                flushing = FlushLaterAsync();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes a host's back, which is written with something else.</summary>
    internal void Forget(HostId host)
    {
        lock (gate)
        {
            waiting.Remove(host);
        }
    }

    /// <summary>Writes all that wait.</summary>
    internal async Task FlushAsync()
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            StateChange.RecordReport[] beats;
            lock (gate)
            {
                beats = [.. waiting.Values];
                waiting = [];
                isScheduled = false;
            }

            await store.CommitAsync(beats, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        Task last;
        lock (gate)
        {
            last = flushing;
        }

        await last.ConfigureAwait(false);
        await WriteAsync().ConfigureAwait(false);
        closing.Dispose();
        turn.Dispose();
    }

    async Task FlushLaterAsync()
    {
        await Task.Delay(delay, clock, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WriteAsync().ConfigureAwait(false);
    }

    /// <summary>What cannot be written is left out: each host reports again soon, and is given up only after several misses.</summary>
    async Task WriteAsync()
    {
        try
        {
            await FlushAsync().ConfigureAwait(false);
        }
        catch (StateStoreException error)
        {
            MastersLog.BeatsFailed(logger, error);
        }
    }
}
