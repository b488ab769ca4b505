namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// Lets several processes run as if at once: each stops before every step of input or output, and the seed decides whose
/// step is next. At any moment one of them runs at most, so a run can be repeated exactly.
/// </summary>
internal sealed class TurnScheduler(Random random)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly SortedDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);
    readonly SemaphoreSlim settled = new(0);

    internal Task WaitAsync(string process)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add(process, turn);
        }

        settled.Release();
        return turn.Task;
    }

    /// <summary>Runs processes to their ends.</summary>
    /// <param name="bodies">What each does; none of them throws.</param>
    /// <param name="between">What happens between two steps, if anything.</param>
    internal async Task RunAsync(IEnumerable<Func<Task>> bodies, Action between)
    {
        var running = new List<Task>();
        foreach (var body in bodies)
        {
            running.Add(Task.Run(async () =>
            {
                await body();
                settled.Release();
            }));
            await SettleAsync();
        }

        while (Next() is { } turn)
        {
            between();
            turn.SetResult();
            await SettleAsync();
        }

        await Task.WhenAll(running);
    }

    TaskCompletionSource? Next()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                return null;
            }

            var (process, turn) = waiting.ElementAt(random.Next(waiting.Count));
            waiting.Remove(process);
            return turn;
        }
    }

    async Task SettleAsync()
    {
        if (!await settled.WaitAsync(Patience))
        {
            throw new InvalidOperationException("A simulated process neither came to its next step nor ended.");
        }
    }
}
