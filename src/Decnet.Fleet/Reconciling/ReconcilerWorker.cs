namespace Decnet.Fleet.Reconciling;

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
    readonly HostId hostId;
    readonly WorkerBeat beat;
    readonly WorkerShadow shadow;
    readonly WorkerPulse pulse;
    readonly EnduringTask enduring;
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
        this.hostId = hostId;
        this.clock = clock ?? TimeProvider.System;
        this.random = random ?? RandomSource.New();
        this.logger = logger ?? NullLogger<ReconcilerWorker>.Instance;
        beat = new WorkerBeat(store, hostId, this.options, this.clock, this.logger);
        shadow = new WorkerShadow(store, hostId, this.options, this.clock, this.logger);
        pulse = new WorkerPulse(this.options, this.clock, this.logger);
        enduring = new EnduringTask(this.options.WatchRetry, this.clock, this.logger);
    }

    /// <summary>Runs until it is cancelled or told to stop by a control message. It ends after the pass under way.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when it has ended and said so in the store. Cancellation is an orderly end, not an error.</returns>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var wake = new WakeSignal();
        var control = new WorkerControl(events, hostId, options.Name);
        await BeginListeningAsync(control, stopping.Token).ConfigureAwait(false);
        await beat.StartAsync(stopping.Token).ConfigureAwait(false);
        Task[] beside =
        [
            enduring.RunAsync("Watching the fleet file", token => WakeAsync(file.WatchAsync(token), wake), wake.Set, stopping.Token),
            enduring.RunAsync("Watching the runtime", token => WakeAsync(runtime.WatchAsync(token), wake), wake.Set, stopping.Token),
            enduring.RunAsync("Listening to control messages", token => ObeyAsync(control, stopping, token), null, stopping.Token),
            beat.RunAsync(stopping.Token),
            pulse.RunAsync(stopping.Token),
            .. (options.Shadow ? [] : options.Companions).Select(companion => AccompanyAsync(companion, stopping.Token)),
        ];
        try
        {
            await LoopAsync(wake, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            var told = control.RequestedBy is { } who ? $"told to stop by {who}" : "told to stop";
            ReconcilerLog.WorkerEnds(logger, options.Name, cancellationToken.IsCancellationRequested ? "cancelled" : told);
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(beside).ConfigureAwait(false);
            await beat.StopAsync(control.RequestedBy).ConfigureAwait(false);
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
        pulse.PassBegins();
        try
        {
            return options.Shadow
                ? await PlanAsync(cancellationToken).ConfigureAwait(false)
                : await ReconcileAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ReconcilerLog.PassFailed(logger, error);
            return null;
        }
        finally
        {
            pulse.PassEnds();
        }
    }

    async Task<DateTimeOffset?> ReconcileAsync(CancellationToken cancellationToken)
    {
        var result = await reconciler.ReconcileAsync(options.Pass, cancellationToken).ConfigureAwait(false);
        NoteObservation(result.Holds);
        options.Passes?.Report(result);
        return result.NextAttempt;
    }

    async Task<DateTimeOffset?> PlanAsync(CancellationToken cancellationToken)
    {
        var plan = await reconciler.PlanAsync(options.Pass, cancellationToken).ConfigureAwait(false);
        NoteObservation(plan.Holds);
        await shadow.TellAsync(plan, cancellationToken).ConfigureAwait(false);
        return null;
    }

    void NoteObservation(ValueList<PlanHold> holds)
    {
        if (!holds.Any(hold => hold.Kind == HoldKind.RuntimeUnreachable))
        {
            beat.Observed(clock.GetUtcNow());
        }
    }

    TimeSpan Wait(DateTimeOffset? next)
    {
        var interval = options.Interval * (1 + (options.Jitter * ((random.NextDouble() * 2) - 1)));
        var untilNext = next is { } due ? due - clock.GetUtcNow() : TimeSpan.MaxValue;
        return untilNext < interval ? TimeSpan.FromTicks(Math.Max(untilNext.Ticks, TimeSpan.TicksPerMillisecond)) : interval;
    }

    static async Task ObeyAsync(WorkerControl control, CancellationTokenSource stopping, CancellationToken cancellationToken)
    {
        if (await control.WaitForStopAsync(cancellationToken).ConfigureAwait(false))
        {
            await stopping.CancelAsync().ConfigureAwait(false);
        }
    }

    // On a thread of its own to begin with: a companion that computes or blocks at its start must not keep the worker from its own.
    Task AccompanyAsync(IWorkerCompanion companion, CancellationToken cancellationToken) => enduring.RunAsync(
        $"The companion '{companion.Name}'", token => Task.Run(() => companion.RunAsync(token), token), null, cancellationToken);

    async Task BeginListeningAsync(WorkerControl control, CancellationToken cancellationToken)
    {
        try
        {
            await control.BeginAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                ReconcilerLog.ControlBeginsLate(logger, error);
            }
        }
    }

    static async Task WakeAsync<T>(IAsyncEnumerable<T> signals, WakeSignal wake)
    {
        await foreach (var _ in signals.ConfigureAwait(false))
        {
            wake.Set();
        }
    }
}
