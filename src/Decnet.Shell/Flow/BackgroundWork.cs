namespace Decnet.Shell.Flow;

using System.Collections.Concurrent;

/// <summary>
/// Runs work on the thread pool and hands what it puts out to the thread that enumerates <see cref="Items"/>, since a shell
/// can be written to from the thread of its pipeline only.
/// </summary>
public sealed class BackgroundWork : IOutlet, IDisposable
{
    const int Capacity = 1024;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    readonly BlockingCollection<OutletItem> queue = new(Capacity);
    readonly CancellationToken cancellationToken;
    readonly TimeProvider clock;
    readonly TimeSpan progressInterval;
    readonly Task work;
    readonly CancellationTokenRegistration stopping;
    long stoppedAt;
    long lastProgress;
    bool hasProgress;

    /// <summary>Begins to work.</summary>
    /// <param name="run">The work.</param>
    /// <param name="progressInterval">How often progress is handed on at most.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Ends the work, and the wait for it.</param>
    public BackgroundWork(
        Func<IOutlet, CancellationToken, Task> run, TimeSpan progressInterval, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        this.cancellationToken = cancellationToken;
        this.clock = clock ?? TimeProvider.System;
        this.progressInterval = progressInterval;
        stopping = cancellationToken.Register(() => Interlocked.Exchange(ref stoppedAt, this.clock.GetTimestamp()));
        work = Task.Run(
            async () =>
            {
                try
                {
                    await run(this, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    queue.CompleteAdding();
                }
            },
            CancellationToken.None);
    }

    /// <summary>
    /// What the work puts out, in its order, until it ends. What ends the work otherwise is thrown at the end. Work that is
    /// stopped is waited for a little, so that it leaves things in order; if it needs longer, it ends in the background.
    /// </summary>
    /// <returns>The items.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<OutletItem> Items()
    {
        while (Next() is { } item)
        {
            yield return item;
        }

        work.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Write(object result) => Put(new OutletItem.Result(result));

    /// <inheritdoc/>
    public void Fail(Fault fault) => Put(new OutletItem.Failure(fault));

    /// <inheritdoc/>
    public void Warn(string message) => Put(new OutletItem.Warning(message));

    /// <inheritdoc/>
    public void Tell(string message) => Put(new OutletItem.Detail(message));

    /// <inheritdoc/>
    public void Report(WorkProgress progress)
    {
        // Drawing costs the shell more than the work itself when it is done for every step.
        if (!hasProgress || clock.GetElapsedTime(Interlocked.Read(ref lastProgress)) >= progressInterval)
        {
            hasProgress = true;
            Interlocked.Exchange(ref lastProgress, clock.GetTimestamp());
            TryPut(new OutletItem.Advance(progress));
        }
    }

    /// <summary>Lets go of the queue. Work that was stopped is waited for a little, so that it leaves things in order.</summary>
    public void Dispose()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            Task.WaitAny([work], PatienceLeft);
        }

        stopping.Dispose();
        work.ContinueWith(_ => queue.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>How long work that was stopped is still waited for, all in all.</summary>
    TimeSpan PatienceLeft
    {
        get
        {
            var since = Interlocked.Read(ref stoppedAt);
            var left = since == 0 ? Patience : Patience - clock.GetElapsedTime(since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    OutletItem? Next()
    {
        try
        {
            return queue.TryTake(out var item, Timeout.Infinite, cancellationToken) ? item : null;
        }
        catch (OperationCanceledException)
        {
            var left = PatienceLeft;
            OutletItem? item = null;
            if (left > TimeSpan.Zero || work.IsCompleted)
            {
                queue.TryTake(out item, left);
            }

            if (item is null && !work.IsCompleted)
            {
                throw;
            }

            return item;
        }
    }

    void Put(OutletItem item)
    {
        try
        {
            queue.Add(item, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            TryPut(item);
        }
    }

    /// <summary>Puts something out that may as well be lost: there is no room, or nobody takes it any more.</summary>
    void TryPut(OutletItem item)
    {
        try
        {
            queue.TryAdd(item);
        }
        catch (InvalidOperationException)
        {
            // The work has ended; what it began may still report.
        }
    }
}
