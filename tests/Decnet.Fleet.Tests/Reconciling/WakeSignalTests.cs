namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class WakeSignalTests
{
    [Fact]
    public async Task A_signal_ends_the_wait_and_many_count_as_one()
    {
        using var wake = new WakeSignal();
        var clock = new FakeTimeProvider();
        wake.Set();
        wake.Set();

        Assert.True(await wake.WaitAsync(TimeSpan.FromHours(1), clock, CancellationToken.None));
        var second = wake.WaitAsync(TimeSpan.FromHours(1), clock, CancellationToken.None);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await second);
        Assert.Equal(0, clock.PendingTimers);
    }

    [Fact]
    public async Task A_timer_that_fires_while_the_wait_ends_does_no_harm()
    {
        using var wake = new WakeSignal();
        var clock = new LateClock();
        var waiting = wake.WaitAsync(TimeSpan.FromHours(1), clock, CancellationToken.None);
        wake.Set();
        Assert.True(await waiting);

        Assert.Null(Record.Exception(clock.Fire));
    }

    /// <summary>A clock whose timer has begun to fire when it is disposed of, which no clock can rule out.</summary>
    sealed class LateClock : TimeProvider
    {
        Action? fire;

        public void Fire() => fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            fire = () => callback(state);
            return new LateTimer();
        }
    }

    sealed class LateTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // It is under way already.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
