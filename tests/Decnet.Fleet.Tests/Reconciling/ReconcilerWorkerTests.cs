namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class ReconcilerWorkerTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Lab lab = new();
    readonly PassCounter passes = new();
    readonly CancellationTokenSource stop = new();

    [Fact]
    [Trait("Weakness", "L-1.5")]
    public async Task The_first_pass_comes_at_once_and_the_next_after_the_interval()
    {
        var running = Run(new ReconcilerWorkerOptions { Jitter = 0 });
        await passes.WaitAsync(1);

        await AdvanceUntilAsync(2, TimeSpan.FromSeconds(31));

        await EndAsync(running);
    }

    [Fact]
    public async Task A_change_of_the_fleet_file_wakes_it()
    {
        var running = Run(new ReconcilerWorkerOptions { Interval = TimeSpan.FromDays(1) });
        await passes.WaitAsync(1);

        await lab.File.SaveAsync(Sample.Fleet(Sample.Decky("web", "198.18.0.10")));
        await AdvanceUntilAsync(2, TimeSpan.FromMilliseconds(300));

        await EndAsync(running);
        Assert.Single(await lab.Store.ListDeckiesAsync());
    }

    [Fact]
    public async Task A_signal_of_the_runtime_wakes_it_and_many_signals_cost_one_pass()
    {
        await lab.DeployAsync(Sample.Deckies(3));
        var running = Run(new ReconcilerWorkerOptions { Interval = TimeSpan.FromDays(1) });
        await passes.WaitAsync(1);

        foreach (var container in lab.Runtime.Containers.ToArray())
        {
            lab.Runtime.Crash(container.Observed.Name);
        }

        await AdvanceUntilAsync(2, TimeSpan.FromMilliseconds(300));
        await EndAsync(running);

        Assert.Equal(2, passes.Count);
        Assert.All(await lab.Store.ListDeckiesAsync(), row => Assert.Equal(DeckyState.Failed, row.State));
    }

    [Fact]
    [Trait("Weakness", "L-1.5")]
    public async Task A_control_message_stops_it_in_an_orderly_way()
    {
        var running = Run(new ReconcilerWorkerOptions());
        await passes.WaitAsync(1);

        await SendAsync("""{"action":"start"}""");
        await SendAsync("not json");
        await SendAsync("""{"action":"stop","requested_by":"tester"}""");
        await running.WaitAsync(Patience);

        var worker = Assert.Single(await lab.Store.ListWorkersAsync());
        Assert.Equal(WorkerStatus.Stopped, worker.StatusAt(lab.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_pass_that_fails_does_not_end_it()
    {
        await lab.File.SaveAsync(Sample.Fleet(Sample.Decky("web", "198.18.0.10")));
        var failing = new FailingReconciler(lab.Reconciler);
        var running = Run(new ReconcilerWorkerOptions { Jitter = 0 }, failing);
        await failing.Failed.WaitAsync(Patience);

        await AdvanceUntilAsync(1, TimeSpan.FromSeconds(31));

        await EndAsync(running);
    }

    [Fact]
    public async Task It_registers_beats_and_says_when_it_last_observed()
    {
        var running = Run(new ReconcilerWorkerOptions { Interval = TimeSpan.FromDays(1), Jitter = 0 });
        await passes.WaitAsync(1);

        lab.Clock.Advance(TimeSpan.FromSeconds(31));
        await Eventually.TrueAsync(async () => (await lab.Store.ListWorkersAsync()).Single().LastBeat > Sample.Now);

        var worker = Assert.Single(await lab.Store.ListWorkersAsync());
        Assert.Equal(Sample.Now, worker.LastObserved);
        Assert.Equal(WorkerStatus.Alive, worker.StatusAt(lab.Clock.GetUtcNow()));
        Assert.Equal(WorkerStatus.Stale, worker.StatusAt(lab.Clock.GetUtcNow() + TimeSpan.FromSeconds(91)));
        Assert.NotEmpty((await lab.Store.ReadAsync(0, TopicPattern.Parse("system.*.health"))).Events);
        await EndAsync(running);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [Trait("Weakness", "L-1.5")]
    public void An_interval_that_would_spin_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(new ReconcilerWorkerOptions { Interval = TimeSpan.FromSeconds(seconds) }, lab.Reconciler));

    [Fact]
    [Trait("Weakness", "L-1.5")]
    public void An_interval_that_no_timer_can_wait_for_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Worker(new ReconcilerWorkerOptions { Interval = TimeSpan.MaxValue }, lab.Reconciler));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("re conciler")]
    public void A_name_that_has_no_topic_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Worker(new ReconcilerWorkerOptions { Name = name }, lab.Reconciler));

    [Fact]
    public async Task Its_signs_of_life_are_JSON_whatever_its_name()
    {
        var running = Run(new ReconcilerWorkerOptions { Name = "the-\"main\"" });
        await passes.WaitAsync(1);
        await EndAsync(running);

        var page = await lab.Store.ReadAsync(0, TopicPattern.Parse("system.*.health"));
        Assert.NotEmpty(page.Events);
        Assert.All(page.Events, beat => Assert.Equal("the-\"main\"", beat.ParsePayload().GetProperty("worker").GetString()));
    }

    [Fact]
    public async Task A_repair_that_becomes_due_wakes_it_before_the_interval()
    {
        await lab.File.SaveAsync(Sample.Fleet(Sample.Decky("web", "198.18.0.10")));
        lab.Runtime.FailNext(Decnet.Fleet.Containers.RuntimeError.Server);
        var running = Run(new ReconcilerWorkerOptions { Interval = TimeSpan.FromDays(1), Pass = Lab.Recreate });
        await passes.WaitAsync(1);

        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), async () => (await lab.RowAsync("web")).State == DeckyState.Running);

        Assert.Equal(DeckyState.Running, (await lab.RowAsync("web")).State);
        await EndAsync(running);
    }

    public void Dispose()
    {
        stop.Dispose();
        lab.Dispose();
    }

    Task Run(ReconcilerWorkerOptions options, IReconciler? reconciler = null) =>
        Task.Run(() => Worker(options with { Passes = passes }, reconciler ?? lab.Reconciler).RunAsync(stop.Token));

    ReconcilerWorker Worker(ReconcilerWorkerOptions options, IReconciler reconciler) =>
        new(reconciler, lab.File, lab.Runtime, lab.Store, lab.Store, HostId.Local, options, lab.Clock, new Random(1));

    Task AdvanceUntilAsync(int count, TimeSpan step) => AdvanceUntilAsync(step, () => Task.FromResult(passes.Count >= count));

    Task AdvanceUntilAsync(TimeSpan step, Func<Task<bool>> condition) => Eventually.TrueAsync(async () =>
    {
        if (await condition())
        {
            return true;
        }

        lab.Clock.Advance(step);
        return false;
    });

    async Task EndAsync(Task running)
    {
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    Task SendAsync(string payload) => lab.Store.CommitAsync(
        [new StateChange.Announce { Events = [new EventDraft(Topic.WorkerControl("reconciler"), "control", payload)] }], Sample.Now);

    sealed class PassCounter : IProgress<ReconcileResult>
    {
        int count;

        public int Count => Volatile.Read(ref count);

        public void Report(ReconcileResult value) => Interlocked.Increment(ref count);

        public Task WaitAsync(int atLeast) => Eventually.TrueAsync(() => Task.FromResult(Count >= atLeast));
    }

    sealed class FailingReconciler(IReconciler inner) : IReconciler
    {
        readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Failed => failed.Task;

        public Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.PlanAsync(options, cancellationToken);

        public Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default) =>
            inner.ApplyAsync(plan, cancellationToken);

        public Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (failed.TrySetResult())
            {
                throw new InvalidOperationException("The first pass fails.");
            }

            return inner.ReconcileAsync(options, cancellationToken);
        }
    }
}
