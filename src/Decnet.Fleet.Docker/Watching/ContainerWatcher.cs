namespace Decnet.Fleet.Docker.Watching;

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Telemetry;
using Microsoft.Extensions.Logging;

/// <summary>
/// Follows the engine's events for as long as somebody listens. The engine drops events when they come too fast and loses them
/// when it ends, so that they only say "look again"; and each new connection says so too.
/// </summary>
internal sealed class ContainerWatcher(EngineClient engine, TimeProvider clock, Func<Random> random, ILogger logger, FleetProject project)
{
    /// <summary>More than a slow listener needs: one signal that it has not read yet makes it look again anyway.</summary>
    const int QueueLength = 16;

    /// <summary>As many as the engine keeps.</summary>
    const int EventQueueLength = 256;

    readonly ListingLag lag = new(engine, clock);

    internal async IAsyncEnumerable<RuntimeSignal> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Queue<RuntimeSignal>(QueueLength);
        var events = Queue<EngineEvent>(EventQueueLength);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowAsync(events.Writer, queue.Writer, left.Token);
        var telling = TellAsync(events.Reader, queue.Writer, left.Token);
        try
        {
            await foreach (var signal in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return signal;
            }
        }
        finally
        {
            await left.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(false);
            await telling.ConfigureAwait(false);
        }
    }

    static Channel<T> Queue<T>(int length) =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(length) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Writes signals until it is cancelled. It does not throw: what is unforeseen ends the sequence for the listener.</summary>
    async Task FollowAsync(ChannelWriter<EngineEvent> events, ChannelWriter<RuntimeSignal> signals, CancellationToken cancellationToken)
    {
        try
        {
            var position = new EventPosition(clock.GetUtcNow());
            var delay = new ReconnectDelay(random());
            while (true)
            {
                var begun = clock.GetTimestamp();
                var cause = await FollowOnceAsync(position, events, signals, cancellationToken).ConfigureAwait(false);
                var wait = delay.After(clock.GetElapsedTime(begun));
                DockerLog.WatchEnded(logger, engine.Connection.Endpoint.ToString(), cause, wait);
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
                FleetTelemetry.WatchReconnects();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            signals.TryComplete();
        }
#pragma warning disable CA1031 // It goes on to the listener, which begins anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            signals.TryComplete(error);
        }
    }

    /// <summary>Turns events into signals once a listing shows them. The engine drops events of who reads them slowly, so this is apart.</summary>
    async Task TellAsync(ChannelReader<EngineEvent> events, ChannelWriter<RuntimeSignal> signals, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var next in events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await lag.PassAsync(next, cancellationToken).ConfigureAwait(false);
                signals.TryWrite(WakingEvents.ToSignal(next));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
#pragma warning disable CA1031 // It goes on to the listener, which begins anew.
        catch (Exception error)
#pragma warning restore CA1031
        {
            signals.TryComplete(error);
        }
    }

    /// <summary>Follows one connection.</summary>
    /// <returns>Why it ended.</returns>
    async Task<string> FollowOnceAsync(
        EventPosition position, ChannelWriter<EngineEvent> events, ChannelWriter<RuntimeSignal> signals, CancellationToken cancellationToken)
    {
        try
        {
            var told = engine.System.EventsAsync(position.Since, WakingEvents.FiltersFor(project), Connected, cancellationToken);
            await foreach (var next in told.ConfigureAwait(false))
            {
                if (position.Advance(next) && WakingEvents.Includes(next))
                {
                    events.TryWrite(next);
                }
            }

            return "the engine closed the connection";
        }
        catch (DockerEngineException error) when (!engine.Connection.IsClosed)
        {
            return error.Message;
        }

        void Connected()
        {
            DockerLog.Watching(logger, engine.Connection.Endpoint.ToString());
            signals.TryWrite(new RuntimeSignal("connected: what happened before is not known"));
        }
    }
}
