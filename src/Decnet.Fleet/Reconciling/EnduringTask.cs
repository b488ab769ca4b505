namespace Decnet.Fleet.Reconciling;

using Microsoft.Extensions.Logging;

/// <summary>Keeps something going for as long as a worker lives: whenever it fails or ends, it is begun anew after a while.</summary>
internal sealed class EnduringTask(TimeSpan retry, TimeProvider clock, ILogger logger)
{
    /// <summary>Runs it until it is cancelled; never fails.</summary>
    /// <param name="what">What it is, for the log, as the beginning of a sentence.</param>
    /// <param name="once">It.</param>
    /// <param name="missed">Done before it is begun anew, since something may have been missed meanwhile; null for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task RunAsync(string what, Func<CancellationToken, Task> once, Action? missed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await once(cancellationToken).ConfigureAwait(false);
                if (!cancellationToken.IsCancellationRequested)
                {
                    ReconcilerLog.Ended(logger, what, retry);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                ReconcilerLog.Failed(logger, what, retry, error);
            }

            await Task.Delay(retry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            missed?.Invoke();
        }
    }
}
