namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>What a worker tells a watchdog.</summary>
public sealed class ReconcilerWorkerAliveTests : IAsyncDisposable
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    readonly WorkerLab worker = new();
    int alive;

    int Alive => Volatile.Read(ref alive);

    int Warnings => worker.Log.Lines.Count(line =>
        line == "Warning: The watchdog of reconciler could not be told that it is alive [nobody listens]");

    ReconcilerWorkerOptions Watched => WorkerLab.Options with { Alive = () => Interlocked.Increment(ref alive) };

    [Fact]
    public async Task It_is_alive_after_each_pass_and_every_five_seconds()
    {
        await worker.StartAsync(Watched);
        Assert.Equal(1, Alive);

        for (var beats = 1; beats <= 4; beats++)
        {
            await DueAsync(Beat);
            worker.Clock.Advance(Beat - TimeSpan.FromTicks(1));
            Assert.Equal(beats, Alive);
            worker.Clock.Advance(TimeSpan.FromTicks(1));
            await Eventually.TrueAsync(() => Task.FromResult(Alive == beats + 1));
        }
    }

    [Fact]
    [Trait("Weakness", "L-6.5")]
    public async Task A_pass_that_fails_counts_as_well()
    {
        await worker.StartAsync(Watched, new SlowReconciler(_ => throw new InvalidOperationException("no")));

        Assert.Equal(1, Alive);
    }

    [Fact]
    public async Task While_it_is_stuck_in_a_pass_it_is_not_alive_and_then_it_is_again()
    {
        var slow = new SlowReconciler(pass => pass == 1 ? Task.CompletedTask : null);
        await worker.StartAsync(Watched with { Interval = TimeSpan.FromSeconds(1) }, slow);
        await worker.AdvanceUntilAsync(() => slow.Passes == 2, TimeSpan.FromMilliseconds(100));

        var counted = await CountBeatsAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(counted, 11, 13);
        Assert.InRange(await CountBeatsAsync(TimeSpan.FromMinutes(2)), 0, 1);
        var before = Alive;

        slow.Release();
        await Eventually.TrueAsync(() => Task.FromResult(Alive > before));
    }

    [Fact]
    public async Task How_long_a_pass_may_last_can_be_said()
    {
        var slow = new SlowReconciler(pass => pass == 1 ? Task.CompletedTask : null);
        await worker.StartAsync(Watched with { Interval = TimeSpan.FromSeconds(1), StuckAfter = TimeSpan.FromMinutes(30) }, slow);
        await worker.AdvanceUntilAsync(() => slow.Passes == 2, TimeSpan.FromMilliseconds(100));

        Assert.InRange(await CountBeatsAsync(TimeSpan.FromMinutes(5)), 59, 61);
        slow.Release();
    }

    [Fact]
    public async Task A_watchdog_that_fails_ends_nothing()
    {
        await worker.StartAsync(WorkerLab.Options with { Alive = () => throw new InvalidOperationException("nobody listens") });
        await WarnedAsync(1);
        await DueAsync(Beat);

        worker.Clock.Advance(Beat);
        await WarnedAsync(2);
        await DueAsync(Beat);

        Assert.False(worker.HasEnded);
        Assert.Equal(2, Warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_time_in_which_no_pass_can_end_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => worker.Worker(Watched with { StuckAfter = TimeSpan.FromSeconds(seconds) }));

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    /// <summary>Waits until the worker waits for something that is due in so long a time.</summary>
    Task DueAsync(TimeSpan time) =>
        Eventually.TrueAsync(() => Task.FromResult(worker.Clock.NextDue == worker.Clock.GetUtcNow() + time));

    /// <summary>Waits until so many warnings are written; that the watchdog was called does not mean that they are.</summary>
    Task WarnedAsync(int times) => Eventually.TrueAsync(() => Task.FromResult(Warnings >= times));

    async Task<int> CountBeatsAsync(TimeSpan time)
    {
        var before = Alive;
        var end = worker.Clock.GetUtcNow() + time;
        while (worker.Clock.GetUtcNow() < end)
        {
            await Eventually.TrueAsync(() => Task.FromResult(worker.Clock.NextDue <= worker.Clock.GetUtcNow() + Beat));
            worker.Clock.Advance(worker.Clock.NextDue!.Value - worker.Clock.GetUtcNow());
        }

        await DueAsync(Beat);
        return Alive - before;
    }

    /// <summary>Passes that last as long as a test wants: what it says, or until they are released.</summary>
    sealed class SlowReconciler(Func<int, Task?> pass) : IReconciler
    {
        static readonly DateTimeOffset Long = Sample.Now.AddYears(1);

        readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int passes;

        internal int Passes => Volatile.Read(ref passes);

        internal void Release() => released.TrySetResult();

        public Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default)
        {
            await (pass(Interlocked.Increment(ref passes)) ?? released.Task.WaitAsync(cancellationToken));
            return new ReconcileResult { Plan = new Scene().Plan(options), Steps = [], NextAttempt = Long };
        }
    }
}
