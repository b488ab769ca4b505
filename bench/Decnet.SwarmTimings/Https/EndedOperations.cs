namespace Decnet.SwarmTimings.Https;

using System.Collections.Concurrent;
using Decnet.Fleet.Events;

/// <summary>Follows the event log of a master, and notes when it shows the end of operations.</summary>
internal sealed class EndedOperations : IAsyncDisposable
{
    readonly ConcurrentDictionary<Guid, TaskCompletionSource<DateTimeOffset>> ends = new();
    readonly CancellationTokenSource ending = new();
    readonly Task following;

    internal EndedOperations(IEventLog events) => following = Task.Run(() => FollowAsync(events, ending.Token));

    /// <summary>When the end of an operation was seen.</summary>
    internal Task<DateTimeOffset> SeenAsync(Guid operation) => End(operation).Task.WaitAsync(TimeSpan.FromMinutes(1));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    async Task FollowAsync(IEventLog events, CancellationToken cancellationToken)
    {
        await foreach (var entry in events.FollowAsync(0, TopicPattern.Parse("decky.>"), cancellationToken))
        {
            var seen = TimeProvider.System.GetUtcNow();
            if (entry.Type == "lifecycle" && entry.ParsePayload() is var payload && payload.GetProperty("status").GetString() is "succeeded" or "failed")
            {
                End(payload.GetProperty("lifecycle_id").GetGuid()).TrySetResult(seen);
            }
        }
    }

    TaskCompletionSource<DateTimeOffset> End(Guid operation) =>
        ends.GetOrAdd(operation, _ => new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously));
}
