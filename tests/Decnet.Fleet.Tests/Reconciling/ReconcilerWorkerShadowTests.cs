namespace Decnet.Fleet.Tests.Reconciling;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>A worker that only tells what it would do.</summary>
public sealed class ReconcilerWorkerShadowTests : IAsyncDisposable
{
    static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    readonly WorkerLab worker = new();
    readonly Plans plans = new();
    int passes;

    ReconcilerWorkerOptions Shadow => WorkerLab.Options with
    {
        Shadow = true,
        Pass = Lab.Recreate,
        Plans = plans,
        Alive = () => Interlocked.Increment(ref passes),
    };

    [Fact]
    public async Task It_tells_what_it_would_do_and_does_nothing()
    {
        await worker.Lab.DeployAsync(Sample.Deckies(2));
        worker.Lab.Runtime.Crash("decky-01-ssh");
        var requests = worker.Lab.Runtime.Requests;
        var rows = await worker.Lab.Store.ListDeckiesAsync();

        await worker.StartAsync(Shadow);

        var payload = Assert.Single(await worker.EventsAsync("system.*.shadow")).ParsePayload();
        Assert.Equal(plans.Told.Single().Fingerprint, payload.GetProperty("fingerprint").GetString());
        Assert.Equal("local", payload.GetProperty("host_uuid").GetString());
        Assert.Equal(
            ["update_state decky-01 ", "start_container decky-01 decky-01-ssh"],
            payload.GetProperty("steps").EnumerateArray().Select(step =>
                $"{step.GetProperty("action")} {step.GetProperty("decky")} {(step.TryGetProperty("container", out var name) ? name.GetString() : "")}"));
        Assert.All(payload.GetProperty("steps").EnumerateArray(), step => Assert.NotEmpty(step.GetProperty("reason").GetString()!));
        Assert.Empty(payload.GetProperty("holds").EnumerateArray());
        Assert.Contains(worker.Log.Lines, line => line.StartsWith("Information: Would be done: start_container decky-01-ssh: ", StringComparison.Ordinal));
        Assert.Equal(0, worker.Lab.Runtime.Requests.Since(requests).Mutating);
        Assert.Equal(rows, await worker.Lab.Store.ListDeckiesAsync(), RowsAlike);
    }

    [Fact]
    public async Task It_tells_each_change_once_and_the_end_of_it_too()
    {
        await worker.Lab.DeployAsync(Sample.Deckies(2));
        await worker.StartAsync(Shadow);
        Assert.Empty(plans.Told);

        worker.Lab.Runtime.Crash("decky-01-ssh");
        await worker.AdvanceUntilAsync(() => plans.Told.Count == 1, Settled);
        var before = Volatile.Read(ref passes);
        await worker.AdvanceUntilAsync(() => Volatile.Read(ref passes) > before + 2, TimeSpan.FromHours(21));
        Assert.Single(plans.Told);

        worker.Lab.Runtime.Crash("decky-02-ssh");
        await worker.AdvanceUntilAsync(() => plans.Told.Count == 2, Settled);
        await worker.Lab.PassAsync();
        await worker.AdvanceUntilAsync(() => plans.Told.Any(plan => plan.IsConverged), Settled);

        await worker.StopAsync();
        Assert.True(plans.Told.Last().IsConverged);
        var events = (await worker.EventsAsync("system.*.shadow")).Select(told => told.ParsePayload()).ToArray();
        Assert.Equal(plans.Told.Select(plan => plan.Fingerprint), events.Select(told => told.GetProperty("fingerprint").GetString()));
        Assert.Empty(events[^1].GetProperty("steps").EnumerateArray());
    }

    [Fact]
    public async Task Holds_are_told_with_the_deckies_they_concern()
    {
        await worker.Lab.DeployAsync(Sample.Deckies(2));
        await worker.Lab.Store.CommitAsync([new StateChange.AddOperation(Sample.Operation("decky-02", Sample.Now.AddDays(99)))], Sample.Now);

        await worker.StartAsync(Shadow);

        var payload = Assert.Single(await worker.EventsAsync("system.*.shadow")).ParsePayload();
        var hold = Assert.Single(payload.GetProperty("holds").EnumerateArray());
        Assert.Equal("open_operation", hold.GetProperty("kind").GetString());
        Assert.Equal("decky-02", Assert.Single(hold.GetProperty("deckies").EnumerateArray()).GetString());
        Assert.Contains("decky-02", hold.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_recorded_is_told_by_the_next_pass()
    {
        await worker.Lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(1)));
        var failing = new StoreFailure(worker.Lab);

        await worker.StartAsync(Shadow, failing);
        Assert.Empty(plans.Told);
        await worker.AdvanceUntilAsync(() => plans.Told.Count == 1, TimeSpan.FromHours(21));

        Assert.Single(await worker.EventsAsync("system.*.shadow"));
    }

    [Fact]
    public async Task Its_signs_of_life_say_so_and_companions_stay_away()
    {
        var companion = new Intruder();
        await worker.StartAsync(Shadow with { Companions = [companion] });
        await worker.StopAsync();

        Assert.False(companion.Begun);
        Assert.All(await worker.EventsAsync("system.*.health"), beat => Assert.True(beat.ParsePayload().GetProperty("shadow").GetBoolean()));
        Assert.NotNull(Assert.Single(await worker.Lab.Store.ListWorkersAsync()).LastObserved);
    }

    [Fact]
    public async Task Other_workers_say_nothing_of_shadows()
    {
        await worker.Lab.DeployAsync(Sample.Deckies(1));
        worker.Lab.Runtime.Crash("decky-01-ssh");
        await worker.StartAsync(Shadow with { Shadow = false });
        await worker.StopAsync();

        Assert.Empty(plans.Told);
        Assert.Empty(await worker.EventsAsync("system.*.shadow"));
        Assert.All(await worker.EventsAsync("system.*.health"), beat => Assert.False(beat.ParsePayload().TryGetProperty("shadow", out _)));
        Assert.Equal(DeckyState.Running, (await worker.Lab.RowAsync("decky-01")).State);
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    // A converged pass, and so a beat of a worker, moves when a decky was last seen.
    static bool RowsAlike(IReadOnlyList<DeckyRow> one, IReadOnlyList<DeckyRow> other) =>
        one.Select(row => row with { LastSeen = null }).SequenceEqual(other.Select(row => row with { LastSeen = null }));

    sealed class Plans : IProgress<ReconcilePlan>
    {
        readonly ConcurrentQueue<ReconcilePlan> told = new();

        internal IReadOnlyCollection<ReconcilePlan> Told => told;

        public void Report(ReconcilePlan value) => told.Enqueue(value);
    }

    sealed class Intruder : IWorkerCompanion
    {
        internal bool Begun { get; private set; }

        public string Name => "intruder";

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Begun = true;
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    /// <summary>Makes the commit after the first plan fail.</summary>
    sealed class StoreFailure(Lab lab) : IReconciler
    {
        bool failed;

        public async Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default)
        {
            var plan = await lab.Reconciler.PlanAsync(options, cancellationToken);
            if (!failed)
            {
                failed = true;
                lab.Store.FailNextCommit(StateStoreError.Full);
            }

            return plan;
        }

        public Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default) =>
            lab.Reconciler.ApplyAsync(plan, cancellationToken);

        public Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default) =>
            lab.Reconciler.ReconcileAsync(options, cancellationToken);
    }
}
