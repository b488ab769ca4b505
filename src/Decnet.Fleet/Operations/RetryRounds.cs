namespace Decnet.Fleet.Operations;

/// <summary>The waits between attempts, until the time for them is over.</summary>
internal sealed class RetryRounds(RetryOptions options, TimeProvider clock, Random random)
{
    long? firstFailure;
    int retries;

    /// <summary>Waits for the next attempt.</summary>
    /// <returns>False when there is no time left for one.</returns>
    internal async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        firstFailure ??= clock.GetTimestamp();
        var delay = options.Delay(++retries, random);
        if (clock.GetElapsedTime(firstFailure.Value) + delay > options.Window)
        {
            return false;
        }

        await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
