namespace Decnet.Fleet.Operations;

/// <summary>
/// Lets many share few looks: one look at a time, each begun after all who share it have asked. So a look never shows what
/// was before the question, and a hundred deckies that come up together cost a few listings.
/// </summary>
internal sealed class Lookout(Func<CancellationToken, Task<Sight>> look)
{
    readonly SemaphoreSlim one = new(1, 1);
    readonly Lock gate = new();
    Task<Sight>? next;

    internal Task<Sight> LookAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            next ??= Task.Run(NextAsync, CancellationToken.None);
            return next.WaitAsync(cancellationToken);
        }
    }

    async Task<Sight> NextAsync()
    {
        await one.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (gate)
            {
                next = null;
            }

            // Others may wait for it who do not give up; the runtime's own time limit bounds it.
            return await look(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }
}
