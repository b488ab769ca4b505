namespace Decnet.Simulation.Tests.Simulating.Machine;

using System.Runtime.CompilerServices;

/// <summary>A sequence of signals of which one can tell whether its reader waits for the next one.</summary>
internal sealed class SignalSource<T>(Action changed)
{
    readonly Lock gate = new();
    TaskCompletionSource<T>? waiting;

    internal bool HasWaitingReader
    {
        get
        {
            lock (gate)
            {
                return waiting is not null;
            }
        }
    }

    internal void Send(T signal)
    {
        TaskCompletionSource<T>? reader;
        lock (gate)
        {
            (reader, waiting) = (waiting, null);
        }

        reader?.SetResult(signal);
    }

    internal async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var next = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                waiting = next;
            }

            changed();
            yield return await next.Task.WaitAsync(cancellationToken);
        }
    }
}
