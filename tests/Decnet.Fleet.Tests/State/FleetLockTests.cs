namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetLockTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string LockPath => folder.File("decnet.lock");

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task The_lock_is_exclusive_within_a_process_and_names_its_holder()
    {
        await using var first = await FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "teaching");
        var error = await Assert.ThrowsAsync<FleetLockedException>(() => FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "learning"));
        Assert.Equal(first.Holder, error.Holder);
        Assert.Contains($"pid {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.MachineName, error.Message, StringComparison.Ordinal);
        Assert.Contains("teaching", error.Message, StringComparison.Ordinal);
        Assert.Contains(LockPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_released_lock_can_be_taken_and_its_file_stays()
    {
        var first = await FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "a longer purpose than the second");
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.True(File.Exists(LockPath));
        await using var second = await FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "b");
        Assert.Equal(second.Holder, DurableFiles.Instance.ReadHolder(LockPath));
    }

    [Fact]
    public async Task The_wait_is_bounded_by_the_clock_and_ends_when_the_holder_does()
    {
        var clock = new FakeTimeProvider();
        var first = await FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "first");
        var patient = FleetLock.AcquireAsync(LockPath, TimeSpan.FromMinutes(10), "patient", clock);
        var hasty = FleetLock.AcquireAsync(LockPath, TimeSpan.FromSeconds(2), "hasty", clock);
        await AdvanceUntilAsync(clock, hasty);
        var error = await Assert.ThrowsAsync<FleetLockedException>(() => hasty);
        Assert.InRange(error.Waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.False(patient.IsCompleted);
        await first.DisposeAsync();
        await AdvanceUntilAsync(clock, patient);
        await (await patient).DisposeAsync();
    }

    [Fact]
    public async Task A_cancelled_wait_ends()
    {
        await using var first = await FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "first");
        using var cancellation = new CancellationTokenSource();
        var waiting = FleetLock.AcquireAsync(LockPath, TimeSpan.FromMinutes(1), "second", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_says_what_to_do()
    {
        Directory.CreateDirectory(LockPath);
        var error = await Assert.ThrowsAsync<FleetFileException>(() => FleetLock.AcquireAsync(LockPath, TimeSpan.Zero, "x"));
        Assert.Contains("must be able to write", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_waits_for_the_lock_and_reading_does_not()
    {
        var file = new FleetFile(folder.File("decnet-state.json"), new FleetFileOptions { LockTimeout = TimeSpan.FromMilliseconds(30) });
        await file.SaveAsync(SampleFleet.Of(1));
        await using var held = await FleetLock.AcquireAsync(file.LockPath, TimeSpan.Zero, "holding");
        await Assert.ThrowsAsync<FleetLockedException>(() => file.SaveAsync(SampleFleet.Of(2)));
        Assert.Equal(1, Assert.IsType<DesiredState.Known>(await file.LoadAsync()).Generation);
    }

    static async Task AdvanceUntilAsync(FakeTimeProvider clock, Task task)
    {
        for (var i = 0; i < 20_000 && !task.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1);
        }
    }
}
