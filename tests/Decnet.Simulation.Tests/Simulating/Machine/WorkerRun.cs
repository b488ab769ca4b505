namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>
/// A real worker whose tasks are watched until each of them waits for something, so that one thing happens at a time. A
/// worker waits for its interval or for a trigger to settle, for its beat, and for signals of file, runtime and control.
/// </summary>
internal sealed class WorkerRun
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(37);
    static readonly TimeSpan WatchRetry = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly World world;
    readonly SimulatedProcess process;
    readonly WorkerClock clock;
    readonly CancellationTokenSource stop = new();
    readonly Task run;
    readonly DateTimeOffset begin;
    readonly long passesBefore;
    int signals;
    object? settling;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal WorkerRun(World world, SimulatedProcess process, ReconcileOptions pass, Random random)
    {
        this.world = world;
        this.process = process;
        begin = world.Clock.GetUtcNow();
        passesBefore = world.Statistics.Passes;
        clock = new WorkerClock(world.Clock, Changed);
        process.SignalsChanged = Changed;
        var options = new ReconcilerWorkerOptions
        {
            Pass = pass,
            BeatInterval = Beat,
            WatchRetry = WatchRetry,
            Passes = new Counter(world),
        };
        var worker = new ReconcilerWorker(
            process.Reconciler, process.File, process.Runtime, process.Store, process.Store, HostId.Local, options, clock, random);
        run = worker.RunAsync(stop.Token);
    }

    internal bool HasEnded => run.IsCompleted;

    internal Task SettleAsync() => UntilAsync(() => AllWait && LoopWait is not null);

    /// <summary>Moves the clock to the next moment at which the worker does something.</summary>
    internal async Task NextAsync()
    {
        if (clock.NextDue is { } due)
        {
            // A timer that fired a moment ago may still be listed; time goes on all the same.
            var wait = due - world.Clock.GetUtcNow();
            world.Clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        }

        await SettleAsync();
        var passes = world.Statistics.Passes - passesBefore;
        var seconds = (world.Clock.GetUtcNow() - begin).TotalSeconds;
        InvariantException.Require(passes <= 3 + signals + seconds, "I11", $"{passes} passes in {seconds} s with {signals} signals");
    }

    /// <summary>Wakes the worker; it has heard when it waits for the trigger to settle, which it may have done already.</summary>
    internal async Task SignalAsync(bool file)
    {
        signals++;
        var before = LoopWait;
        if (file)
        {
            process.FileSignals.Send(new Decnet.Fleet.State.FleetFileSignal(process.File.Path));
        }
        else
        {
            process.RuntimeSignals.Send(new Decnet.Fleet.Containers.RuntimeSignal("die"));
        }

        await UntilAsync(() => AllWait && LoopWait is { } wait && (wait != before || wait == settling));
        settling = LoopWait;
    }

    /// <summary>Ends the worker: by a message, by a signal of the system, or because its process is dead.</summary>
    internal async Task EndAsync(bool byMessage)
    {
        if (byMessage && process.Control.HasWaitingReader)
        {
            process.Control.Send(new DecnetEvent
            {
                Sequence = 1, Time = world.Clock.GetUtcNow(), Topic = "system.reconciler.control", Type = "control", Payload = """{"action":"stop"}""",
            });
        }
        else
        {
            await stop.CancelAsync();
        }

        await run.WaitAsync(Patience);
        process.SignalsChanged = null;
        stop.Dispose();
    }

    bool AllWait =>
        process.FileSignals.HasWaitingReader && process.RuntimeSignals.HasWaitingReader
        && (process.Control.HasWaitingReader || clock.Find(length => length == WatchRetry) is not null)
        && clock.Find(length => length == Beat) is not null;

    /// <summary>What the loop of the worker waits for: the next pass, or a trigger to settle.</summary>
    object? LoopWait => clock.Find(length => length != Beat && length != WatchRetry);

    async Task UntilAsync(Func<bool> holds)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = changed.Task;
            }

            if (run.IsCompleted || holds())
            {
                return;
            }

            await next.WaitAsync(Patience);
        }
    }

    void Changed()
    {
        TaskCompletionSource before;
        lock (gate)
        {
            (before, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.TrySetResult();
    }

    sealed class Counter(World world) : IProgress<ReconcileResult>
    {
        public void Report(ReconcileResult value) => world.Count(value);
    }
}
