namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>What runs beside the passes of a worker.</summary>
public sealed class ReconcilerWorkerCompanionTests : IAsyncDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    readonly WorkerLab worker = new();

    [Fact]
    public async Task A_companion_runs_for_the_life_of_the_worker()
    {
        var companion = new Companion(token => Task.Delay(Timeout.Infinite, token));
        await worker.StartAsync(WorkerLab.Options with { Companions = [companion] });
        await companion.BegunAsync(1);

        await worker.StopAsync();

        Assert.Equal((1, 0), (companion.Begun, companion.Running));
        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains("companion", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Weakness", "L-6.5")]
    public async Task One_that_fails_or_returns_is_logged_and_begun_anew_and_ends_nobody_else()
    {
        var failing = new Companion(_ => throw new InvalidOperationException("no idea what to do"), "mutation");
        var returning = new Companion(_ => Task.CompletedTask, "sweeping");
        var steady = new Companion(token => Task.Delay(Timeout.Infinite, token));
        await worker.StartAsync(WorkerLab.Options with { Companions = [failing, returning, steady], WatchRetry = Retry });
        await Task.WhenAll(failing.BegunAsync(1), returning.BegunAsync(1), steady.BegunAsync(1));

        await worker.AdvanceUntilAsync(() => failing.Begun >= 3 && returning.Begun >= 3, Retry);

        Assert.False(worker.HasEnded);
        Assert.Equal((1, 1), (steady.Begun, steady.Running));
        Assert.Contains("Warning: The companion 'mutation' failed and begins anew in 00:00:05 [no idea what to do]", worker.Log.Lines);
        Assert.Contains("Warning: The companion 'sweeping' ended and begins anew in 00:00:05", worker.Log.Lines);
    }

    [Fact]
    public async Task One_that_fails_waits_before_it_is_begun_anew()
    {
        var failing = new Companion(_ => throw new InvalidOperationException("no idea what to do"));
        await worker.StartAsync(WorkerLab.Options with { Companions = [failing], WatchRetry = TimeSpan.FromHours(1) });
        await failing.BegunAsync(1);
        await Eventually.TrueAsync(() => Task.FromResult(worker.Log.Lines.Any(line => line.Contains("companion", StringComparison.Ordinal))));

        worker.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(1, failing.Begun);
    }

    [Fact]
    public async Task One_that_blocks_keeps_the_worker_from_nothing()
    {
        using var blocked = new ManualResetEventSlim();
        var blocking = new Companion(token =>
        {
            blocked.Wait(token);
            return Task.CompletedTask;
        });

        await worker.StartAsync(WorkerLab.Options with { Companions = [blocking] });
        await blocking.BegunAsync(1);

        await worker.StopAsync();
        Assert.Equal(0, blocking.Running);
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    sealed class Companion(Func<CancellationToken, Task> work, string name = "steady") : IWorkerCompanion
    {
        int begun;
        int running;

        public string Name => name;

        internal int Begun => Volatile.Read(ref begun);

        internal int Running => Volatile.Read(ref running);

        internal Task BegunAsync(int times) => Eventually.TrueAsync(() => Task.FromResult(Begun >= times));

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref running);
            Interlocked.Increment(ref begun);
            try
            {
                await work(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }
}
