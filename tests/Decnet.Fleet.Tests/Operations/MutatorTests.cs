namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

[Trait("Weakness", "L-6.2")]
public sealed class MutatorTests : IAsyncLifetime
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Workshop shop = new();
    readonly CountingStore store;
    readonly Mutator mutator;

    public MutatorTests()
    {
        store = new CountingStore(shop.Store);
        mutator = new Mutator(shop.Service, shop.File, store, HostId.Local, null, shop.Clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task What_is_due_gets_other_services_and_its_next_time()
    {
        var due = await DeployAsync(1);

        Assert.Equal(due, await mutator.RunOnceAsync());
        Assert.Empty(await MutationsAsync());
        shop.Clock.Advance(due - shop.Clock.GetUtcNow());
        var next = await mutator.RunOnceAsync();

        Assert.Equal(["decky.decky-01.mutation scheduled"], await MutationsAsync());
        var decky = (await shop.FleetAsync()).Deckies[0];
        Assert.Equal((due, MutationSchedule.DueAt(decky)), (decky.LastMutated, next));
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    public async Task A_fleet_that_does_not_rotate_costs_no_look_at_the_store()
    {
        Assert.Null(await mutator.RunOnceAsync());
        await shop.DeployAsync(Sample.Decky("web", "198.18.0.2") with { LastMutated = Sample.Now.AddYears(-1) });
        Assert.Null(await mutator.RunOnceAsync());
        await shop.ReplaceAsync(Rotating(1));
        Assert.NotNull(await mutator.RunOnceAsync());

        Assert.Equal(0, store.Reads);
    }

    [Fact]
    public async Task An_interval_without_a_beginning_begins_now()
    {
        await shop.DeployAsync(Sample.Decky("new", "198.18.0.2") with { MutateInterval = Hour }, Sample.Decky("off", "198.18.0.3"));
        await mutator.RunOnceAsync();

        var fleet = await shop.FleetAsync();
        Assert.Equal([Sample.Now, null], fleet.Deckies.Select(decky => decky.LastMutated));
        var generation = ((DesiredState.Known)await shop.File.LoadAsync()).Generation;
        Assert.Equal(MutationSchedule.DueAt(fleet.Deckies[0]), await mutator.RunOnceAsync());
        Assert.Equal(generation, ((DesiredState.Known)await shop.File.LoadAsync()).Generation);
        Assert.Empty(await MutationsAsync());
    }

    [Fact]
    public async Task A_round_is_no_larger_than_the_exposure_budget_and_the_next_one_follows_at_once()
    {
        await DeployAsync(10);
        shop.Clock.Advance(2 * Hour);

        Assert.True(await mutator.RunOnceAsync() <= shop.Clock.GetUtcNow());
        Assert.Equal(2, (await MutationsAsync()).Length);
        for (var i = 0; i < 4; i++)
        {
            await mutator.RunOnceAsync();
        }

        Assert.Equal(10, (await MutationsAsync()).Distinct().Count());
        Assert.True(await mutator.RunOnceAsync() > shop.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Deckies_that_are_suspended_do_not_run_or_are_worked_on_wait()
    {
        await DeployAsync(4);
        await shop.Service.SuspendAsync(Name("decky-01"), "anna");
        shop.Runtime.Crash("decky-02-ssh");
        using (var reconciler = new Reconciler(shop.File, shop.Store, shop.Runtime, null, shop.Clock, new Random(2)))
        {
            await reconciler.ReconcileAsync();
        }

        await shop.Store.CommitAsync([new StateChange.AddOperation(Sample.Operation("decky-03"))], Sample.Now);
        shop.Clock.Advance(2 * Hour);

        Assert.Equal(shop.Clock.GetUtcNow() + new MutatorOptions().Poll, await mutator.RunOnceAsync());
        Assert.Equal(["decky.decky-04.mutation scheduled"], await MutationsAsync());

        await shop.Service.SuspendAsync(null, "anna");
        shop.Clock.Advance(2 * Hour);
        await mutator.RunOnceAsync();
        Assert.Single(await MutationsAsync());
    }

    [Fact]
    public async Task Deckies_of_other_hosts_are_none_of_its_business()
    {
        await shop.File.SaveAsync(Sample.Fleet(Rotating(1) with { HostId = HostId.Parse("elsewhere"), LastMutated = null }));

        Assert.Null(await mutator.RunOnceAsync());

        Assert.Null((await shop.FleetAsync()).Deckies[0].LastMutated);
    }

    [Fact]
    [Trait("Weakness", "L-6.3")]
    public async Task After_a_failure_it_waits_twice_as_long_each_time_up_to_an_hour()
    {
        await shop.DeployAsync(Rotating(1) with { MutateInterval = TimeSpan.FromHours(3) });
        shop.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Invalid, Verb = RuntimeVerb.CreateContainer, Times = int.MaxValue });
        shop.Clock.Advance(TimeSpan.FromHours(4));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var next = (await mutator.RunOnceAsync())!.Value - shop.Clock.GetUtcNow();
            Assert.Equal(next, await mutator.RunOnceAsync() - shop.Clock.GetUtcNow());
            waits.Add(next.TotalMinutes);
            shop.Clock.Advance(next);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
        Assert.Equal(8, (await shop.Store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Failed })).Count);
        Assert.Equal("ssh, http", (await shop.FleetAsync()).Deckies[0].Services.ToString());

        shop.Runtime.ClearFaults();
        await mutator.RunOnceAsync();
        Assert.Single(await MutationsAsync());
    }

    [Fact]
    public async Task It_waits_no_longer_than_an_interval_and_a_changed_decky_begins_anew()
    {
        await shop.DeployAsync(Sample.Decky("phone", "198.18.0.2", "sip") with { Archetype = "voip-server", MutateInterval = TimeSpan.FromMinutes(3), LastMutated = Sample.Now });
        shop.Clock.Advance(Hour);
        var waits = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            var next = (await mutator.RunOnceAsync())!.Value - shop.Clock.GetUtcNow();
            waits.Add(next.TotalMinutes);
            shop.Clock.Advance(next);
        }

        await mutator.RunOnceAsync();
        await shop.File.SaveAsync(Sample.Fleet((await shop.FleetAsync()).Deckies[0] with { Archetype = "linux-server" }));
        await mutator.RunOnceAsync();

        Assert.Equal([1, 2, 3, 3], waits);
        Assert.Single(await MutationsAsync());
    }

    [Fact]
    public async Task While_somebody_works_on_the_fleet_it_tries_again_soon()
    {
        await DeployAsync(1);
        shop.Clock.Advance(2 * Hour);
        await using (await shop.Lock.AcquireAsync("deploying", TimeSpan.Zero))
        {
            Assert.Equal(shop.Clock.GetUtcNow().AddSeconds(5), await mutator.RunOnceAsync());
        }

        await mutator.RunOnceAsync();

        Assert.Single(await MutationsAsync());
    }

    [Fact]
    [Trait("Weakness", "L-6.5")]
    public async Task It_runs_until_it_is_cancelled_and_a_new_interval_counts_at_once()
    {
        await shop.DeployAsync(Sample.Decky("decky-01", "198.18.0.2"));
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => mutator.RunAsync(stop.Token));
        await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0));

        await shop.File.SaveAsync(Sample.Fleet(Sample.Decky("decky-01", "198.18.0.2") with { MutateInterval = Hour }));
        await Eventually.TrueAsync(async () => (await shop.FleetAsync()).Deckies[0].LastMutated == Sample.Now);
        await Eventually.TrueAsync(async () =>
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(20));
            return (await MutationsAsync()).Length > 1;
        });

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public async Task Beside_a_worker_that_repairs_deckies_rotate_and_what_was_left_behind_ends()
    {
        await DeployAsync(3);
        await shop.Store.CommitAsync([new StateChange.AddOperation(Sample.Operation("decky-02"))], Sample.Now);
        using var reconciler = new Reconciler(shop.File, shop.Store, shop.Runtime, null, shop.Clock, new Random(2), work: shop.Lock);
        var options = new ReconcilerWorkerOptions
        {
            Pass = new ReconcileOptions { Repair = RepairMode.Recreate },
            Companions = [mutator, new OperationSweeper(shop.Store, shop.Lock, HostId.Local, null, shop.Clock)],
        };
        var worker = new ReconcilerWorker(reconciler, shop.File, shop.Runtime, shop.Store, shop.Store, HostId.Local, options, shop.Clock, new Random(3));
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => worker.RunAsync(stop.Token));

        await Eventually.TrueAsync(async () =>
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await MutationsAsync()).Distinct().Count() == 3;
        });

        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Empty((await shop.Store.ReadAsync(HostId.Local)).OpenOperations);
        Assert.Equal(OpenOperations.LeftBehind, (await shop.Store.ListOperationsAsync(new OperationQuery { Ids = [Sample.Operation("decky-02").Id] }))[0].Error);
    }

    [Fact]
    public async Task Two_processes_do_not_rotate_a_decky_twice()
    {
        await DeployAsync(1);
        await using var patient = new FleetService(
            shop.File, shop.Store, shop.Runtime, shop.Lock, AtOnce with { LockWait = Hour }, shop.Clock, new Random(7));
        var another = new Mutator(patient, shop.File, shop.Store, HostId.Local, null, shop.Clock);
        shop.Clock.Advance(2 * Hour);
        var waiting = Task.CompletedTask;
        store.BeforeRead = async _ =>
        {
            // The other one has seen that the decky is due, too, and rotates it before this one can have the lock.
            var held = await shop.Lock.AcquireAsync("keeping the other one waiting", TimeSpan.Zero);
            waiting = another.RunOnceAsync();
            await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0));
            await held.DisposeAsync();
            await waiting;
        };

        await mutator.RunOnceAsync();

        Assert.Single(await MutationsAsync());
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    public async Task When_the_file_cannot_be_watched_it_ends_with_the_error_so_that_it_is_begun_anew()
    {
        var unwatched = new Mutator(shop.Service, new UnwatchedFile(shop.File), store, HostId.Local, null, shop.Clock);

        var error = await Assert.ThrowsAsync<IOException>(() => unwatched.RunAsync(CancellationToken.None).WaitAsync(Patience));

        Assert.Equal("No more watches.", error.Message);
        Assert.Equal(0, shop.Clock.PendingTimers);
    }

    [Fact]
    public void A_poll_that_would_spin_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Mutator(shop.Service, shop.File, store, HostId.Local, new MutatorOptions { Poll = TimeSpan.Zero }));

    /// <summary>Deploys deckies that rotate every hour.</summary>
    /// <returns>When the first of them is due.</returns>
    async Task<DateTimeOffset> DeployAsync(int count)
    {
        await shop.DeployAsync([.. Enumerable.Range(1, count).Select(Rotating)]);
        return (await shop.FleetAsync()).Deckies.Min(MutationSchedule.DueAt)!.Value;
    }

    static Decky Rotating(int number) => Sample.Decky($"decky-{number:00}", $"198.18.0.{number + 1}") with { MutateInterval = Hour, LastMutated = Sample.Now };

    Task<string[]> MutationsAsync() => shop.EventsAsync("decky.*.mutation", "trigger");

    sealed class UnwatchedFile(IFleetFile file) : IFleetFile
    {
        public string Path => file.Path;

        public Task<DesiredState> LoadAsync(CancellationToken cancellationToken = default) => file.LoadAsync(cancellationToken);

        public Task<DesiredState.Known> SaveAsync(Fleet fleet, long? expectedGeneration = null, CancellationToken cancellationToken = default) =>
            file.SaveAsync(fleet, expectedGeneration, cancellationToken);

        public Task<DesiredState> UpdateAsync(Func<DesiredState, Fleet?> change, CancellationToken cancellationToken = default) =>
            file.UpdateAsync(change, cancellationToken);

        public Task<DesiredState.Known> RestorePreviousAsync(CancellationToken cancellationToken = default) => file.RestorePreviousAsync(cancellationToken);

        public IAsyncEnumerable<FleetFileSignal> WatchAsync(CancellationToken cancellationToken = default) => throw new IOException("No more watches.");
    }
}
