namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

[Trait("Weakness", "L-3.4")]
public sealed class OperationSweeperTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Workshop shop = new();
    readonly CountingStore store;
    readonly OperationSweeper sweeper;

    public OperationSweeperTests()
    {
        store = new CountingStore(shop.Store);
        sweeper = new OperationSweeper(store, shop.Lock, HostId.Local, null, shop.Clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    [Trait("Weakness", "L-3.5")]
    public async Task While_nobody_works_open_operations_were_left_behind_and_end_with_one_event_each()
    {
        await AddAsync("decky-01");
        await AddAsync("decky-02");
        await AddAsync("theirs", host: "elsewhere");

        Assert.Equal(2, await sweeper.SweepAsync());
        Assert.Equal(0, await sweeper.SweepAsync());

        var ended = await shop.Store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Failed });
        Assert.Equal(["decky-01", "decky-02"], ended.Select(operation => operation.DeckyName.Value).Order(StringComparer.Ordinal));
        Assert.All(ended, operation => Assert.Equal((OpenOperations.LeftBehind, Sample.Now), (operation.Error, operation.CompletedAt)));
        Assert.Equal(
            ["decky.decky-01.lifecycle failed " + OpenOperations.LeftBehind, "decky.decky-02.lifecycle failed " + OpenOperations.LeftBehind],
            (await shop.EventsAsync("decky.*.lifecycle", "status", "error")).Order(StringComparer.Ordinal));
        Assert.Single((await shop.Store.ReadAsync(HostId.Parse("elsewhere"))).OpenOperations);
    }

    [Fact]
    public async Task What_it_ends_is_counted()
    {
        using var recorder = new TelemetryRecorder();
        await AddAsync("decky-01");
        shop.Clock.Advance(TimeSpan.FromSeconds(90));

        await sweeper.SweepAsync();
        await sweeper.SweepAsync();

        Assert.Equal(["1 kind=deploy outcome=failed"], recorder.Of("decnet.operations"));
        Assert.Equal(["90 kind=deploy outcome=failed"], recorder.Of("decnet.operations.duration"));
    }

    [Fact]
    public async Task While_somebody_works_only_what_is_past_its_deadline_ends()
    {
        await AddAsync("late", Sample.Now);
        await AddAsync("in-time", Sample.Now.AddSeconds(1));
        await using var held = await shop.Lock.AcquireAsync("deploying", TimeSpan.Zero);

        Assert.Equal(1, await sweeper.SweepAsync());

        var late = Assert.Single(await shop.Store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Failed }));
        Assert.Equal("late", late.DeckyName.Value);
        Assert.Contains("deadline, 2026-01-01 00:00:00 UTC", late.Error, StringComparison.Ordinal);
        Assert.Contains("may still be running", late.Error, StringComparison.Ordinal);
        Assert.Single(await shop.EventsAsync("decky.*.lifecycle"));
    }

    [Fact]
    public async Task A_lock_that_cannot_be_used_is_not_free()
    {
        await AddAsync("decky-01");
        var blind = new OperationSweeper(store, new BrokenLock(), HostId.Local, null, shop.Clock);

        Assert.Equal(0, await blind.SweepAsync());
    }

    [Fact]
    [Trait("Weakness", "L-3.1")]
    public async Task What_ends_while_it_takes_the_lock_stays_as_it_ended()
    {
        var id = await AddAsync("decky-01");
        store.BeforeRead = number => number == 2
            ? shop.Store.CommitAsync([new StateChange.AdvanceOperation(id, OperationStatus.Succeeded)], Sample.Now)
            : Task.CompletedTask;

        Assert.Equal(0, await sweeper.SweepAsync());

        Assert.Equal(OperationStatus.Succeeded, (await shop.Store.ListOperationsAsync(new OperationQuery { Ids = [id] }))[0].Status);
        Assert.Empty(await shop.EventsAsync("decky.*.lifecycle"));
    }

    [Fact]
    public async Task Without_open_operations_it_reads_once_writes_nothing_and_leaves_the_lock_alone()
    {
        var blind = new OperationSweeper(store, new BrokenLock { Fails = true }, HostId.Local, null, shop.Clock);

        Assert.Equal(0, await blind.SweepAsync());

        Assert.Equal((1, 0), (store.Reads, store.Commits));
    }

    [Fact]
    public async Task The_lock_is_free_again_after_a_sweep()
    {
        await AddAsync("decky-01");
        await sweeper.SweepAsync();

        await using var held = await shop.Lock.AcquireAsync("deploying", TimeSpan.Zero);
    }

    [Fact]
    public async Task It_sweeps_at_once_and_after_each_interval_until_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await AddAsync("decky-01");
        var running = Task.Run(() => sweeper.RunAsync(stop.Token));
        await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers == 1));
        Assert.Empty((await shop.Store.ReadAsync(HostId.Local)).OpenOperations);

        await AddAsync("decky-02");
        shop.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single((await shop.Store.ReadAsync(HostId.Local)).OpenOperations);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (await shop.Store.ReadAsync(HostId.Local)).OpenOperations.Count == 0);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public void An_interval_that_would_spin_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new OperationSweeper(store, shop.Lock, HostId.Local, new OperationSweeperOptions { Interval = TimeSpan.Zero }));

    async Task<Guid> AddAsync(string decky, DateTimeOffset? deadline = null, string host = "local")
    {
        var operation = Sample.Operation(decky, deadline) with { Id = Guid.NewGuid(), HostId = HostId.Parse(host) };
        await shop.Store.CommitAsync([new StateChange.AddOperation(operation)], Sample.Now);
        return operation.Id;
    }

    sealed class BrokenLock : IWorkLock
    {
        internal bool Fails { get; init; }

        public Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default) =>
            throw (Fails ? new InvalidOperationException("Nobody should ask for it.") : new FleetFileException("decnet.lock", "It is on a file system that cannot lock."));
    }
}
