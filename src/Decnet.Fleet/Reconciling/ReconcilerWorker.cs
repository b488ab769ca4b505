namespace Decnet.Fleet.Reconciling;

using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Runs a reconciler for as long as a process lives (DESIGN 5.10): a pass at once, then one after each interval, change of
/// the fleet file, signal of the runtime or due repair. The first trigger after a quiet time is answered at once, further ones
/// are coalesced; passes never overlap; a pass that fails is logged and followed by the next.
/// </summary>
public sealed class ReconcilerWorker
{
    readonly IReconciler reconciler;
    readonly IFleetFile file;
    readonly IContainerRuntime runtime;
    readonly IEventLog events;
    readonly WorkerBeat beat;
    readonly ReconcilerWorkerOptions options;
    readonly TimeProvider clock;
    readonly Random random;
    readonly ILogger logger;

    /// <summary>Puts a worker together.</summary>
    /// <param name="reconciler">What it runs.</param>
    /// <param name="file">The fleet file whose changes wake it.</param>
    /// <param name="runtime">The runtime whose signals wake it.</param>
    /// <param name="store">Where it registers and beats.</param>
    /// <param name="events">Where control messages come from.</param>
    /// <param name="hostId">The host that it works for.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ReconcilerWorker(
        IReconciler reconciler,
        IFleetFile file,
        IContainerRuntime runtime,
        IStateStore store,
        IEventLog events,
        HostId hostId,
        ReconcilerWorkerOptions? options = null,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<ReconcilerWorker>? logger = null)
    {
        this.options = options ?? new ReconcilerWorkerOptions();
        this.options.Validate();
        this.reconciler = reconciler;
        this.file = file;
        this.runtime = runtime;
        this.events = events;
        this.clock = clock ?? TimeProvider.System;
        this.random = random ?? RandomSource.New();
        this.logger = logger ?? NullLogger<ReconcilerWorker>.Instance;
        beat = new WorkerBeat(store, hostId, this.options, this.clock, this.logger);
    }

    /// <summary>Runs until it is cancelled or told to stop by a control message. It ends after the pass under way.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when it has ended and said so in the store. Cancellation is an orderly end, not an error.</returns>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var wake = new WakeSignal();
        var control = events.FollowAsync(null, TopicPattern.Parse(Topic.WorkerControl(options.Name)), stopping.Token);
        await beat.StartAsync(stopping.Token).ConfigureAwait(false);
        Task[] companions =
        [
            WatchAsync("the fleet file", () => file.WatchAsync(stopping.Token), wake, stopping.Token),
            WatchAsync("the runtime", () => runtime.WatchAsync(stopping.Token), wake, stopping.Token),
            ObeyAsync(control, stopping),
            beat.RunAsync(stopping.Token),
        ];
        try
        {
            await LoopAsync(wake, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            ReconcilerLog.WorkerEnds(logger, options.Name, cancellationToken.IsCancellationRequested ? "cancelled" : "told to stop");
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(companions).ConfigureAwait(false);
            await beat.StopAsync().ConfigureAwait(false);
        }
    }

    async Task LoopAsync(WakeSignal wake, CancellationToken cancellationToken)
    {
        var triggered = false;
        long? answered = null;
        while (true)
        {
            wake.Reset();
            var next = await PassAsync(cancellationToken).ConfigureAwait(false);
            answered = triggered ? clock.GetTimestamp() : answered;
            triggered = await wake.WaitAsync(Wait(next), clock, cancellationToken).ConfigureAwait(false);
            if (triggered)
            {
                await Task.Delay(Settling(answered), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How long a trigger waits for further ones: shortly after a quiet time, else to the end of the debounce time.</summary>
    TimeSpan Settling(long? answered)
    {
        var left = answered is { } end ? options.Debounce - clock.GetElapsedTime(end) : TimeSpan.Zero;
        return left > options.Settle ? left : options.Settle;
    }

    async Task<DateTimeOffset?> PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await reconciler.ReconcileAsync(options.Pass, cancellationToken).ConfigureAwait(false);
            if (!result.Holds.Any(hold => hold.Kind == HoldKind.RuntimeUnreachable))
            {
                beat.Observed(clock.GetUtcNow());
            }

            options.Passes?.Report(result);
            return result.NextAttempt;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ReconcilerLog.PassFailed(logger, error);
            return null;
        }
    }

    TimeSpan Wait(DateTimeOffset? next)
    {
        var interval = options.Interval * (1 + (options.Jitter * ((random.NextDouble() * 2) - 1)));
        var untilNext = next is { } due ? due - clock.GetUtcNow() : TimeSpan.MaxValue;
        return untilNext < interval ? TimeSpan.FromTicks(Math.Max(untilNext.Ticks, TimeSpan.TicksPerMillisecond)) : interval;
    }

    async Task WatchAsync<T>(string source, Func<IAsyncEnumerable<T>> watch, WakeSignal wake, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in watch().ConfigureAwait(false))
                {
                    wake.Set();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                ReconcilerLog.WatchFailed(logger, source, options.WatchRetry, error);
            }

            await Task.Delay(options.WatchRetry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wake.Set();
        }
    }

    async Task ObeyAsync(IAsyncEnumerable<DecnetEvent> control, CancellationTokenSource stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in control.ConfigureAwait(false))
                {
                    if (IsStop(message))
                    {
                        await stopping.CancelAsync().ConfigureAwait(false);
                        return;
                    }
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                ReconcilerLog.WatchFailed(logger, "control messages", options.WatchRetry, error);
            }

            await Task.Delay(options.WatchRetry, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static bool IsStop(DecnetEvent message)
    {
        try
        {
            var payload = message.ParsePayload();
            return payload.ValueKind == JsonValueKind.Object
                && payload.TryGetProperty("action", out var action)
                && action.ValueKind == JsonValueKind.String
                && action.ValueEquals("stop");
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
