namespace Decnet.Fleet.InMemory;

using System.Globalization;
using Decnet.Fleet.State;

/// <summary>A work lock within one process, for tests, trials and demonstrations.</summary>
/// <param name="clock">The time; null for the system's.</param>
public sealed class InMemoryWorkLock(TimeProvider? clock = null) : IWorkLock
{
    readonly TimeProvider time = clock ?? TimeProvider.System;
    readonly SemaphoreSlim one = new(1, 1);
    volatile string? holder;

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var start = time.GetTimestamp();
        if (!one.Wait(0, CancellationToken.None) && !await WaitAsync(timeout, cancellationToken).ConfigureAwait(false))
        {
            var who = holder ?? "somebody in this process";
            throw new FleetLockedException(
                "memory",
                who,
                time.GetElapsedTime(start),
                string.Create(CultureInfo.InvariantCulture, $"The fleet is being worked on by {who}. Nothing was changed after waiting for {timeout.TotalSeconds:0.#} s. Try again when that has ended."));
        }

        holder = string.Create(CultureInfo.InvariantCulture, $"this process since {time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, {purpose}");
        return new Release(this);
    }

    async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout == TimeSpan.Zero)
        {
            return false;
        }

        using var expired = new CancellationTokenSource(timeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            await one.WaitAsync(ended.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    sealed class Release(InMemoryWorkLock held) : IAsyncDisposable
    {
        InMemoryWorkLock? held = held;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref held, null) is { } released)
            {
                released.holder = null;
                released.one.Release();
            }

            return ValueTask.CompletedTask;
        }
    }
}
