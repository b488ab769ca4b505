namespace Decnet.Testing.Contracts;

using Decnet.Fleet.State;
using Xunit;

/// <summary>What every work lock must do.</summary>
public abstract class WorkLockContract
{
    protected FakeTimeProvider Clock { get; } = new();

    /// <summary>The lock, always the same within a test.</summary>
    protected abstract IWorkLock Lock { get; }

    [Fact]
    public async Task One_at_a_time_has_it_and_others_are_told_who_since_when_and_on_what()
    {
        await using var held = await Lock.AcquireAsync("deploying 3 deckies", TimeSpan.Zero);

        var error = await Assert.ThrowsAsync<FleetLockedException>(() => Lock.AcquireAsync("repairing web", TimeSpan.Zero));

        Assert.EndsWith("since 2026-01-01T00:00:00Z, deploying 3 deckies", error.Holder, StringComparison.Ordinal);
        Assert.Contains(error.Holder!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_back_can_be_taken_and_giving_back_twice_frees_nobody_elses()
    {
        var first = await Lock.AcquireAsync("first", TimeSpan.Zero);
        await first.DisposeAsync();
        await using var second = await Lock.AcquireAsync("second", TimeSpan.Zero);

        await first.DisposeAsync();

        var error = await Assert.ThrowsAsync<FleetLockedException>(() => Lock.AcquireAsync("third", TimeSpan.Zero));
        Assert.EndsWith("second", error.Holder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_gets_it_when_it_is_given_back()
    {
        var first = await Lock.AcquireAsync("first", TimeSpan.Zero);
        var waiting = Lock.AcquireAsync("second", TimeSpan.FromMinutes(10));
        await Task.Yield();
        Assert.False(waiting.IsCompleted);

        await first.DisposeAsync();

        await AdvanceUntilAsync(waiting);
        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task A_wait_ends_with_its_time()
    {
        await using var first = await Lock.AcquireAsync("first", TimeSpan.Zero);
        var waiting = Lock.AcquireAsync("second", TimeSpan.FromSeconds(2));

        await AdvanceUntilAsync(waiting);

        var error = await Assert.ThrowsAsync<FleetLockedException>(() => waiting);
        Assert.InRange(error.Waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_leaves_it_to_its_holder()
    {
        using var cancel = new CancellationTokenSource();
        await using var first = await Lock.AcquireAsync("first", TimeSpan.Zero);
        var waiting = Lock.AcquireAsync("second", TimeSpan.FromMinutes(1), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAsync<FleetLockedException>(() => Lock.AcquireAsync("third", TimeSpan.Zero));
    }

    async Task AdvanceUntilAsync(Task task)
    {
        for (var i = 0; i < 20_000 && !task.IsCompleted; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1);
        }
    }
}
