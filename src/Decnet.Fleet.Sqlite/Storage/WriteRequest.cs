namespace Decnet.Fleet.Sqlite.Storage;

using Decnet.Fleet.State;

/// <summary>A transaction that waits for the writer. It can be given up until the writer begins it.</summary>
internal sealed class WriteRequest(IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
{
    const int Waiting = 0;
    const int Begun = 1;
    const int GivenUp = 2;

    readonly TaskCompletionSource<CommitResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int phase = Waiting;

    internal IReadOnlyList<StateChange> Changes { get; } = changes;

    internal DateTimeOffset At { get; } = at;

    internal bool IsGivenUp => Volatile.Read(ref phase) == GivenUp;

    /// <summary>Waits for the end. Cancelling works until the transaction has begun.</summary>
    internal async Task<CommitResult> WaitAsync()
    {
        await using var registration = cancellationToken.UnsafeRegister(static state => ((WriteRequest)state!).GiveUp(), this).ConfigureAwait(false);
        return await completion.Task.ConfigureAwait(false);
    }

    internal bool TryBegin() => Interlocked.CompareExchange(ref phase, Begun, Waiting) == Waiting;

    internal void Complete(CommitResult result) => completion.TrySetResult(result);

    internal void Fail(Exception error) => completion.TrySetException(error);

    void GiveUp()
    {
        if (Interlocked.CompareExchange(ref phase, GivenUp, Waiting) == Waiting)
        {
            completion.TrySetCanceled(cancellationToken);
        }
    }
}
