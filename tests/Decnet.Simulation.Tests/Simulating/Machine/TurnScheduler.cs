namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Testing;

/// <summary>
/// Lets several processes run as if at once, and each of them several things: each stops before every step of input or output,
/// and the seed decides whose step is next. All of it runs on one thread, so that a run can be repeated exactly. Time goes on
/// when everybody waits for it. A process that dies is not heard of again: whatever it was doing never goes on.
/// </summary>
internal sealed class TurnScheduler(Random random, FakeTimeProvider clock)
{
    const int MostTurns = 20_000;

    readonly List<(IoGate Gate, TaskCompletionSource Turn)> waiting = [];
    readonly int thread = Environment.CurrentManagedThreadId;
    volatile Exception? left;

    internal Task WaitAsync(IoGate gate)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            left = new InvalidOperationException($"{gate.Process} has left the thread of the simulation: what it does could not be repeated.\n{Environment.StackTrace}");
            throw left;
        }

        var turn = new TaskCompletionSource();
        waiting.Add((gate, turn));
        return turn.Task;
    }

    /// <summary>Runs processes to their ends, or deaths.</summary>
    /// <param name="actors">The processes, and what each does.</param>
    /// <param name="between">What happens between two steps, if anything.</param>
    /// <exception cref="AggregateException">What they do failed.</exception>
    internal void Run(IReadOnlyList<(IoGate Gate, Func<Task> Body)> actors, Action between)
    {
        InvariantException.Forget();
        foreach (var (gate, _) in actors)
        {
            gate.Turns = this;
        }

        var running = actors.Select(actor => (actor.Gate, Task: actor.Body())).ToList();
        for (var turns = 0; ; turns++)
        {
            InvariantException.ThrowIfAny();
            InvariantException.Require(turns < MostTurns, "I11", $"{MostTurns} turns, and no end");
            waiting.RemoveAll(turn => turn.Gate.IsDead);
            if (waiting.Count > 0)
            {
                between();
                Grant();
            }
            else if (running.Exists(actor => !actor.Gate.IsDead && !actor.Task.IsCompleted))
            {
                WaitForTime();
            }
            else
            {
                break;
            }
        }

        foreach (var (gate, _) in actors.Where(actor => !actor.Gate.IsDead))
        {
            gate.Turns = null;
        }

        Task.WhenAll(running.Select(actor => actor.Task).Where(task => task.IsCompleted)).GetAwaiter().GetResult();
    }

    void Grant()
    {
        var at = random.Next(waiting.Count);
        var (gate, turn) = waiting[at];
        waiting.RemoveAt(at);
        if (!gate.IsDead)
        {
            turn.SetResult();
        }
    }

    void WaitForTime()
    {
        var due = clock.NextDue ?? throw left ?? new InvalidOperationException("A simulated process neither came to its next step nor ended.");
        clock.Advance(due > clock.GetUtcNow() ? due - clock.GetUtcNow() : TimeSpan.Zero);
    }
}
