namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Containers;

/// <summary>
/// Every step of input or output of one process goes through its gate: it is counted and traced there, waits for its turn
/// when two processes run, and it is where the process crashes.
/// </summary>
internal sealed class IoGate(string process, Trace trace)
{
    int crashIn = -1;
    bool crashAfterEffect;

    internal string Process => process;

    internal bool IsDead { get; private set; }

    /// <summary>Whether the machine, not only the process, goes down with the next crash.</summary>
    internal bool LosesPower { get; private set; }

    internal TurnScheduler? Turns { get; set; }

    /// <summary>
    /// Whether a step has ended when it returns. So it must be where timers begin work that nobody waits for: a store that works on a
    /// thread of its own would end it at any time.
    /// </summary>
    internal bool StepsAtOnce { get; init; }

    internal int WritesToFiles { get; set; }

    internal int Commits { get; set; }

    internal int StoreCalls { get; set; }

    internal int Observations { get; set; }

    internal int Mutations { get; set; }

    internal int RuntimeCalls { get; set; }

    internal bool CrashesDuringThisStep => crashIn == 0 && crashAfterEffect;

    /// <summary>Orders a crash at the step after so many others.</summary>
    internal void CrashIn(int steps, bool afterEffect, bool losesPower)
    {
        crashIn = steps;
        crashAfterEffect = afterEffect;
        LosesPower = losesPower;
    }

    /// <summary>Takes back a crash that did not come.</summary>
    internal void StayAlive() => crashIn = -1;

    /// <summary>What happens at once when the process ends, such as that others can have its locks.</summary>
    internal Action? Died { get; set; }

    internal Task TurnAsync() => Turns is null ? Task.CompletedTask : IsDead ? NeverAsync<bool>() : Turns.WaitAsync(this);

    /// <summary>One step, in its turn. With turns, nobody hears of a step that the process dies in.</summary>
    internal async Task<T> StepAsync<T>(string step, Func<Task<T>> effect)
    {
        await TurnAsync();
        try
        {
            Before(step);
            try
            {
                // The store may work on a thread of its own; with turns, everybody waits for it.
                var result = Turns is null && !StepsAtOnce ? await effect() : effect().GetAwaiter().GetResult();
                After(step);
                return result;
            }
            catch (RuntimeException error)
            {
                trace.Add($"      {error.Error}");
                After(step);
                throw;
            }
        }
        catch (SimulatedCrash) when (Turns is not null)
        {
            return await NeverAsync<T>();
        }
    }

    internal static Task<T> NeverAsync<T>() => new TaskCompletionSource<T>().Task;

    internal void Before(string step)
    {
        if (IsDead)
        {
            throw new SimulatedCrash($"{process} is dead already");
        }

        trace.Add($"    {process} {step}");
        if (crashIn == 0 && !crashAfterEffect)
        {
            Die($"before {step}");
        }
    }

    internal void After(string step)
    {
        if (crashIn == 0)
        {
            Die($"after {step}");
        }

        crashIn -= crashIn > 0 ? 1 : 0;
    }

    /// <summary>Ends the process from outside.</summary>
    internal void Kill()
    {
        IsDead = true;
        Died?.Invoke();
    }

    void Die(string where)
    {
        Kill();
        crashIn = -1;
        trace.Add($"    {process} CRASH {where}{(LosesPower ? ", power lost" : "")}");
        throw new SimulatedCrash(where);
    }
}
