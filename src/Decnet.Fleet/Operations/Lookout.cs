namespace Decnet.Fleet.Operations;

/// <summary>
/// Lets many share few looks: one look at a time, each begun after all who share it have asked. So a look never shows what
/// was before the question, and a hundred deckies that come up together cost a few listings.
/// </summary>
internal sealed class Lookout(Func<CancellationToken, Task<Sight>> look)
{
    readonly Lock gate = new();
    List<TaskCompletionSource<Sight>> next = [];
    bool looking;

    internal Task<Sight> LookAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<Sight>();
        bool starts;
        lock (gate)
        {
            next.Add(asked);
            (starts, looking) = (!looking, true);
        }

        if (starts)
        {
            _ = LookForAllAsync();
        }

        return asked.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Looks for as long as somebody waits for it.</summary>
    async Task LookForAllAsync()
    {
        while (Take() is { Count: > 0 } asked)
        {
            try
            {
                // Others may wait for it who do not give up; the runtime's own time limit bounds it.
                var sight = await look(CancellationToken.None).ConfigureAwait(false);
                asked.ForEach(one => one.SetResult(sight));
            }
#pragma warning disable CA1031 // Whatever it is, those who asked are told.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                asked.ForEach(one => one.SetException(failure));
            }
        }
    }

    List<TaskCompletionSource<Sight>> Take()
    {
        lock (gate)
        {
            var asked = next;
            next = [];
            looking = asked.Count > 0;
            return asked;
        }
    }
}
