namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Who may touch containers, when several want to.</summary>
public sealed class ReconcilerWorkLockTests : IDisposable
{
    readonly Lab lab = new();
    readonly TamperedRuntime runtime;
    readonly WatchedLock work;
    readonly Reconciler reconciler;

    public ReconcilerWorkLockTests()
    {
        runtime = new TamperedRuntime(lab.Runtime);
        work = new WatchedLock(new InMemoryWorkLock(lab.Clock));
        reconciler = With(work);
    }

    [Fact]
    public async Task A_pass_that_touches_no_container_leaves_the_lock_alone()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");

        var requests = lab.Runtime.Requests.Total;
        await reconciler.ReconcileAsync();
        await reconciler.ReconcileAsync();

        Assert.Empty(work.Purposes);
        Assert.Equal(requests + 2, lab.Runtime.Requests.Total);
        Assert.Equal(DeckyState.Degraded, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    public async Task A_repair_takes_the_lock_says_what_for_and_gives_it_back()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        lab.Runtime.Crash("decky-02-ssh");
        lab.Runtime.Crash("decky-02-http");

        var result = await reconciler.ReconcileAsync(Lab.Recreate);
        lab.Runtime.Crash("decky-01-ssh");
        lab.Clock.Advance(TimeSpan.FromHours(1));
        await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal(2, result.Repaired);
        Assert.Equal(["repairing 2 deckies", "repairing decky-01"], work.Purposes);
        await using var free = await work.AcquireAsync("anything", TimeSpan.Zero);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task While_somebody_else_works_a_pass_records_touches_no_container_and_tries_again_soon()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        var held = await work.AcquireAsync("deploying 3 deckies", TimeSpan.Zero);

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        var hold = Assert.Single(result.Holds);
        Assert.Equal(HoldKind.WorkUnderway, hold.Kind);
        Assert.Contains("deploying 3 deckies", hold.Reason, StringComparison.Ordinal);
        Assert.Equal(["decky-01"], hold.Deckies);
        Assert.Equal(lab.Clock.GetUtcNow().AddSeconds(1), hold.Until);
        Assert.Equal(hold.Until, result.NextAttempt);
        Assert.DoesNotContain(result.Steps, step => !step.Step.IsRecord);
        Assert.Equal(DeckyState.Degraded, (await lab.RowAsync("decky-01")).State);

        await held.DisposeAsync();
        Assert.Equal(1, (await reconciler.ReconcileAsync(Lab.Recreate)).Repaired);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_used_holds_repairs_until_somebody_mends_it()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        using var reconciler = With(new WatchedLock(work) { Failure = new FleetFileException("/run/work.lock", "The lock file cannot be used.") });

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        var hold = Assert.Single(result.Holds);
        Assert.Equal((HoldKind.WorkUnderway, "The lock file cannot be used.", null), (hold.Kind, hold.Reason, hold.Until));
        Assert.Equal(DeckyState.Degraded, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    public async Task What_changed_before_the_lock_was_had_is_not_done_again()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        work.Before = () => lab.PassAsync();
        var before = lab.Runtime.Requests;

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal(0, result.Repaired);
        Assert.Empty(result.Steps);
        Assert.Equal(1, lab.Runtime.Requests.Since(before)[RuntimeVerb.StartContainer]);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-01")).State);
        await using var free = await work.AcquireAsync("anything", TimeSpan.Zero);
    }

    [Fact]
    public async Task A_plan_that_became_stale_before_the_lock_was_had_is_refused()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        var plan = await reconciler.PlanAsync(Lab.Recreate);
        work.Before = () =>
        {
            lab.Runtime.Crash("decky-02-ssh");
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<PlanStaleException>(() => reconciler.ApplyAsync(plan));

        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-02")).State);
        await using var free = await work.AcquireAsync("anything", TimeSpan.Zero);
    }

    [Fact]
    public async Task A_plan_that_still_holds_is_applied_under_the_lock()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.Crash("decky-01-ssh");
        var plan = await reconciler.PlanAsync(Lab.Recreate);
        Exception? refused = null;
        runtime.Before = async (_, _) => refused = await Record.ExceptionAsync(() => work.AcquireAsync("rival", TimeSpan.Zero));

        var result = await reconciler.ApplyAsync(plan);

        Assert.Equal(1, result.Repaired);
        Assert.IsType<FleetLockedException>(refused);
    }

    public void Dispose()
    {
        reconciler.Dispose();
        lab.Dispose();
    }

    Reconciler With(IWorkLock work) => new(lab.File, lab.Store, runtime, null, lab.Clock, new Random(1), null, work);

    sealed class WatchedLock(IWorkLock inner) : IWorkLock
    {
        internal List<string> Purposes { get; } = [];

        internal Exception? Failure { get; init; }

        /// <summary>Done once, before the lock is next asked for.</summary>
        internal Func<Task>? Before { get; set; }

        public async Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default)
        {
            Assert.Equal(TimeSpan.Zero, timeout);
            if (Failure is not null)
            {
                throw Failure;
            }

            Purposes.Add(purpose);
            var before = Before;
            Before = null;
            await (before?.Invoke() ?? Task.CompletedTask);
            return await inner.AcquireAsync(purpose, timeout, cancellationToken);
        }
    }
}
