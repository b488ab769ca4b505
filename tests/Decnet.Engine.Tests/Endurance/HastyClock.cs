namespace Decnet.Engine.Tests.Endurance;

/// <summary>A clock that goes faster than the system's, so that waits between attempts are short.</summary>
/// <param name="factor">How much faster.</param>
sealed class HastyClock(int factor) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency / factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Shortened(dueTime), Shortened(period));

    TimeSpan Shortened(TimeSpan time) => time <= TimeSpan.Zero ? time : time / factor;
}
