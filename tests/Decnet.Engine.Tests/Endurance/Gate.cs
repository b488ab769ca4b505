namespace Decnet.Engine.Tests.Endurance;

/// <summary>Lets through, or makes wait until it is opened.</summary>
sealed class Gate
{
    readonly Lock sync = new();
    TaskCompletionSource? closed;

    /// <summary>How many wait.</summary>
    internal int Waiting { get; private set; }

    internal void Close()
    {
        lock (sync)
        {
            closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal void Open()
    {
        lock (sync)
        {
            closed?.SetResult();
            (closed, Waiting) = (null, 0);
        }
    }

    internal Task PassAsync()
    {
        lock (sync)
        {
            Waiting += closed is null ? 0 : 1;
            return closed?.Task ?? Task.CompletedTask;
        }
    }
}
