namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Testing;

/// <summary>A clock on which waits take no time for who waits: the world's clock is moved to their end instead.</summary>
internal sealed class JumpingClock(FakeTimeProvider world) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            world.Advance(dueTime);
            callback(state);
        }

        return world.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
