namespace Decnet.Fleet.InMemory;

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Decnet.Fleet.Containers;

/// <summary>Hands signals to watchers. Each has a small queue; when it is full the oldest goes, since signals only say "look again".</summary>
internal sealed class SignalHub
{
    const int QueueLength = 16;

    readonly Lock gate = new();
    readonly List<ChannelWriter<RuntimeSignal>> watchers = [];

    internal void Send(string description)
    {
        lock (gate)
        {
            foreach (var watcher in watchers)
            {
                watcher.TryWrite(new RuntimeSignal(description));
            }
        }
    }

    internal async IAsyncEnumerable<RuntimeSignal> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<RuntimeSignal>(
            new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (gate)
        {
            watchers.Add(queue.Writer);
        }

        try
        {
            while (await queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (queue.Reader.TryRead(out var signal))
                {
                    yield return signal;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                watchers.Remove(queue.Writer);
            }
        }
    }
}
