namespace Decnet.Fleet.Sqlite.Events;

/// <summary>Wakes everybody who waits for the next commit with events.</summary>
internal sealed class CommitSignal
{
    TaskCompletionSource next = New();

    /// <summary>Ends with the next commit. Take it before looking for events, so that none in between is slept over.</summary>
    internal Task Next => Volatile.Read(ref next).Task;

    internal void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
