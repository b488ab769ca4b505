namespace Decnet.Fleet.Tests.Reconciling;

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>When a worker passes after triggers. Its clock is its own, so that only its own waits are pending.</summary>
public sealed class ReconcilerWorkerTriggerTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Lab lab = new();
    readonly FakeTimeProvider clock = new(Sample.Now);
    readonly CancellationTokenSource stop = new();
    readonly Signals signals = new();
    readonly TamperedRuntime runtime;
    readonly PassRecorder passes;

    public ReconcilerWorkerTriggerTests()
    {
        runtime = new TamperedRuntime(lab.Runtime) { Watch = signals.ReadAsync };
        passes = new PassRecorder(lab.Reconciler, clock);
    }

    [Fact]
    public async Task The_first_trigger_after_a_quiet_time_is_answered_after_the_settling_time()
    {
        var running = await StartAsync();

        await SignalAsync();
        await DueInAsync(20);
        clock.Advance(TimeSpan.FromMilliseconds(20));
        await IdleAsync(passes: 2);

        await EndAsync(running);
    }

    [Fact]
    public async Task Triggers_that_come_while_one_settles_cost_no_further_pass()
    {
        var running = await StartAsync();

        for (var i = 0; i < 10; i++)
        {
            await SignalAsync();
            await DueInAsync(20 - i);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        clock.Advance(TimeSpan.FromMilliseconds(10));
        await IdleAsync(passes: 2);

        await EndAsync(running);
    }

    [Fact]
    public async Task Triggers_soon_after_an_answered_one_wait_for_the_end_of_the_quiet_time()
    {
        var running = await StartAsync();
        await AnswerAsync(passes: 2);

        clock.Advance(TimeSpan.FromMilliseconds(100));
        await SignalAsync();
        await DueInAsync(150);
        clock.Advance(TimeSpan.FromMilliseconds(149));
        await SignalAsync();
        Assert.Equal(2, passes.Count);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await IdleAsync(passes: 3);

        await EndAsync(running);
    }

    [Fact]
    public async Task A_trigger_at_the_end_of_the_quiet_time_settles_all_the_same()
    {
        var running = await StartAsync();
        await AnswerAsync(passes: 2);

        clock.Advance(TimeSpan.FromMilliseconds(245));
        await SignalAsync();
        await DueInAsync(20);
        clock.Advance(TimeSpan.FromMilliseconds(20));
        await IdleAsync(passes: 3);

        clock.Advance(TimeSpan.FromMilliseconds(251));
        await SignalAsync();
        await DueInAsync(20);

        await EndAsync(running);
    }

    [Fact]
    public async Task A_trigger_during_a_pass_is_answered_by_another_one()
    {
        var running = await StartAsync();
        passes.During = SignalAsync;
        await SignalAsync();
        await DueInAsync(20);

        clock.Advance(TimeSpan.FromMilliseconds(20));
        await passes.WaitAsync(2);
        await DueInAsync(250);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        await IdleAsync(passes: 3);

        await EndAsync(running);
    }

    [Fact]
    public async Task A_pass_of_the_interval_begins_no_quiet_time()
    {
        var running = await StartAsync();
        clock.Advance(TimeSpan.FromHours(20));
        await IdleAsync(passes: 2);

        await SignalAsync();
        await DueInAsync(20);

        await EndAsync(running);
    }

    [Fact]
    public async Task A_constant_stream_of_triggers_starves_nothing_and_costs_one_pass_each_debounce_time()
    {
        var running = await StartAsync();
        var streaming = clock.GetUtcNow();
        for (var i = 0; i < 200; i++)
        {
            await SignalAsync();
            await Eventually.TrueAsync(() => Task.FromResult(clock.PendingTimers == 2 && clock.NextDue < clock.GetUtcNow().AddSeconds(1)));
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        await EndAsync(running);

        var starts = passes.Starts.Where(start => start > streaming).ToArray();
        Assert.Equal(TimeSpan.FromMilliseconds(20), starts[0] - streaming);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalMilliseconds, 250, 260));
        Assert.InRange(starts.Length, 7, 9);
    }

    [Fact]
    public async Task What_a_repair_signals_itself_costs_one_converged_pass()
    {
        runtime.Watch = null;
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        var running = await StartAsync(new ReconcilerWorker(
            passes, lab.File, runtime, lab.Store, lab.Store, HostId.Local, Options with { Pass = Lab.Recreate }, clock));

        lab.Runtime.Crash("web");
        await DueInAsync(20);
        clock.Advance(TimeSpan.FromMilliseconds(20));
        await passes.WaitAsync(2);
        await DueInAsync(250);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        await IdleAsync(passes: 3);
        clock.Advance(TimeSpan.FromHours(1));
        await IdleAsync(passes: 3);

        Assert.Equal([0, 1, 0], passes.Results.Select(result => result.Repaired));
        Assert.True(passes.Results[2].IsConverged);
        await EndAsync(running);
    }

    [Fact]
    public void Times_that_no_timer_can_wait_for_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(Options with { Settle = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(Options with { Settle = TimeSpan.MaxValue }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(Options with { Debounce = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(Options with { Debounce = TimeSpan.MaxValue }));
    }

    public void Dispose()
    {
        stop.Dispose();
        lab.Dispose();
    }

    static ReconcilerWorkerOptions Options => new() { Interval = TimeSpan.FromHours(20), Jitter = 0, BeatInterval = TimeSpan.FromDays(10) };

    ReconcilerWorker Worker(ReconcilerWorkerOptions options) =>
        new(passes, lab.File, runtime, lab.Store, lab.Store, HostId.Local, options, clock);

    async Task<Task> StartAsync(ReconcilerWorker? worker = null)
    {
        var running = Task.Run(() => (worker ?? Worker(Options)).RunAsync(stop.Token));
        await IdleAsync(passes: 1);
        return running;
    }

    async Task AnswerAsync(int passes)
    {
        await SignalAsync();
        await DueInAsync(20);
        clock.Advance(TimeSpan.FromMilliseconds(20));
        await IdleAsync(passes);
    }

    /// <summary>Sends a signal, and waits until the worker has heard it.</summary>
    Task SignalAsync() => signals.SendAsync();

    Task DueInAsync(int milliseconds) =>
        Eventually.TrueAsync(() => Task.FromResult(clock.NextDue == clock.GetUtcNow().AddMilliseconds(milliseconds)));

    /// <summary>Waits until so many passes were made and nothing is due for a long time.</summary>
    async Task IdleAsync(int passes)
    {
        await Eventually.TrueAsync(() => Task.FromResult(
            this.passes.Count >= passes && clock.PendingTimers == 2 && clock.NextDue > clock.GetUtcNow().AddHours(1)));
        Assert.Equal(passes, this.passes.Count);
    }

    async Task EndAsync(Task running)
    {
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    sealed class Signals
    {
        readonly Channel<RuntimeSignal> channel = Channel.CreateUnbounded<RuntimeSignal>();
        int sent;
        int heard;

        public Task SendAsync()
        {
            var number = Interlocked.Increment(ref sent);
            channel.Writer.TryWrite(new RuntimeSignal("die web"));
            return Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref heard) >= number));
        }

        public async IAsyncEnumerable<RuntimeSignal> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (true)
            {
                yield return await channel.Reader.ReadAsync(cancellationToken);
                Interlocked.Increment(ref heard);
            }
        }
    }

    sealed class PassRecorder(IReconciler inner, TimeProvider clock) : IReconciler
    {
        readonly Lock gate = new();
        readonly List<DateTimeOffset> starts = [];
        readonly List<ReconcileResult> results = [];

        /// <summary>Done once, in the next pass.</summary>
        public Func<Task>? During { get; set; }

        public int Count => Results.Length;

        public DateTimeOffset[] Starts
        {
            get
            {
                lock (gate)
                {
                    return [.. starts];
                }
            }
        }

        public ReconcileResult[] Results
        {
            get
            {
                lock (gate)
                {
                    return [.. results];
                }
            }
        }

        public Task WaitAsync(int atLeast) => Eventually.TrueAsync(() => Task.FromResult(Count >= atLeast));

        public Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.PlanAsync(options, cancellationToken);

        public Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default) =>
            inner.ApplyAsync(plan, cancellationToken);

        public async Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default)
        {
            lock (gate)
            {
                starts.Add(clock.GetUtcNow());
            }

            var during = During;
            During = null;
            await (during?.Invoke() ?? Task.CompletedTask);
            var result = await inner.ReconcileAsync(options, cancellationToken);
            lock (gate)
            {
                results.Add(result);
            }

            return result;
        }
    }
}
