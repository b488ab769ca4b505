namespace Decnet.Fleet.Operations;

/// <summary>Attempts with waits between them, until nothing is left to do or the time for them is over.</summary>
internal sealed class RetryRounds(RetryOptions options, TimeProvider clock, Random random)
{
    /// <summary>Works on deckies until each has ended, or there is no time left for another attempt.</summary>
    /// <param name="items">The deckies.</param>
    /// <param name="attempt">Tries once, and returns the deckies that are worth another attempt, and why they need it.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <returns>What the last attempt returned.</returns>
    internal async Task<IReadOnlyCollection<(OperationItem Item, string Error)>> RunAsync(
        IReadOnlyList<OperationItem> items,
        Func<IReadOnlyList<OperationItem>, Task<IReadOnlyCollection<(OperationItem Item, string Error)>>> attempt,
        CancellationToken cancellationToken)
    {
        var left = items.Count == 0 ? [] : await attempt(items).ConfigureAwait(false);
        var firstFailure = clock.GetTimestamp();
        for (var retry = 1; left.Count > 0; retry++)
        {
            var delay = options.Delay(retry, random);
            if (clock.GetElapsedTime(firstFailure) + delay > options.Window)
            {
                break;
            }

            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            left = await attempt([.. left.Select(failure => failure.Item)]).ConfigureAwait(false);
        }

        return left;
    }
}
