namespace Decnet.Engine.Tests.Faults;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;

/// <summary>The signals of a runtime from now on.</summary>
sealed class SignalLog : IAsyncDisposable
{
    readonly ConcurrentQueue<string> signals = [];
    readonly CancellationTokenSource stopping = new();
    readonly Task listening;

    internal SignalLog(IContainerRuntime runtime) => listening = ListenAsync(runtime);

    internal bool Contains(string description) => signals.Contains(description);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await listening;
        stopping.Dispose();
    }

    async Task ListenAsync(IContainerRuntime runtime)
    {
        try
        {
            await foreach (var signal in runtime.WatchAsync(stopping.Token))
            {
                signals.Enqueue(signal.Description);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The test ends.
        }
    }
}
