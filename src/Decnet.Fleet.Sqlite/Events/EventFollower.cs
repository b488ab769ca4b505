namespace Decnet.Fleet.Sqlite.Events;

using System.Runtime.CompilerServices;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;

/// <summary>Reads the log page by page, and at its end waits for a commit of this store or looks again after an interval.</summary>
internal sealed class EventFollower(IEventLog log, CommitSignal signal, TimeSpan interval, TimeProvider clock)
{
    const int PageSize = 500;

    internal async IAsyncEnumerable<DecnetEvent> FollowAsync(
        long position, TopicPattern? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = signal.Next;
            var page = await log.ReadAsync(position, pattern, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            position = page.Next;
            if (page.Events.Count < PageSize)
            {
                await WaitAsync(next, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(interval, clock, stop.Token);
        await Task.WhenAny(next, pause).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
