namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFileWatchTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_save_is_signalled_by_notification_alone()
    {
        var file = new FleetFile(folder.File("decnet-state.json"), new FleetFileOptions { WatchPollInterval = TimeSpan.FromHours(1) });
        await file.LoadAsync();
        await using var signals = file.WatchAsync().GetAsyncEnumerator();
        for (var i = 1; i < 4; i++)
        {
            var next = signals.MoveNextAsync().AsTask();
            await new FleetFile(file.Path).SaveAsync(SampleFleet.Of(i));
            Assert.True(await next.WaitAsync(Patience));
            Assert.Equal(file.Path, signals.Current.Path);
            Assert.Equal(i, Assert.IsType<DesiredState.Known>(await file.LoadAsync()).Generation);
        }
    }

    [Fact]
    public async Task A_change_between_loading_and_watching_is_signalled()
    {
        var file = new FleetFile(folder.File("decnet-state.json"), new FleetFileOptions { WatchPollInterval = TimeSpan.FromHours(1) });
        await file.LoadAsync();
        await new FleetFile(file.Path).SaveAsync(SampleFleet.Of(1));
        await using var signals = file.WatchAsync().GetAsyncEnumerator();
        Assert.True(await signals.MoveNextAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_watched_by_the_clock()
    {
        var clock = new FakeTimeProvider();
        var file = new FleetFile(folder.File("later/decnet-state.json"), clock: clock);
        await file.LoadAsync();
        await using var signals = file.WatchAsync().GetAsyncEnumerator();
        var next = signals.MoveNextAsync().AsTask();
        await new FleetFile(file.Path).SaveAsync(SampleFleet.Of(1));
        for (var i = 0; i < 5000 && !next.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.True(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task Watching_ends_with_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        await using var signals = new FleetFile(folder.File("x.json")).WatchAsync(cancellation.Token).GetAsyncEnumerator();
        var next = signals.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
    }
}
