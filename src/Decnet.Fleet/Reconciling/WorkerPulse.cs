namespace Decnet.Fleet.Reconciling;

using Microsoft.Extensions.Logging;

/// <summary>Tells a watchdog that the worker is alive, for as long as it does not hang in a pass.</summary>
internal sealed class WorkerPulse(ReconcilerWorkerOptions options, TimeProvider clock, ILogger logger)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    long? passBegan;

    internal void PassBegins() => Mark(clock.GetTimestamp());

    internal void PassEnds()
    {
        Mark(null);
        Tell();
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (options.Alive is not null && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested && !IsStuck())
            {
                Tell();
            }
        }
    }

    void Mark(long? began)
    {
        lock (gate)
        {
            passBegan = began;
        }
    }

    bool IsStuck()
    {
        lock (gate)
        {
            return passBegan is { } began && clock.GetElapsedTime(began) > options.StuckAfter;
        }
    }

    void Tell()
    {
        try
        {
            options.Alive?.Invoke();
        }
        catch (Exception error)
        {
            ReconcilerLog.AliveFailed(logger, options.Name, error);
        }
    }
}
