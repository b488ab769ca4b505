namespace Decnet.Fleet.Docker.Watching;

/// <summary>How long to wait before the next attempt: twice as long each time, and never in step with other hosts.</summary>
internal sealed class ReconnectDelay(Random random)
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    TimeSpan next = Shortest;

    /// <summary>The wait after a connection that lasted this long; only one that lasted for a while counts as a success.</summary>
    internal TimeSpan After(TimeSpan connected)
    {
        if (connected >= Longest)
        {
            next = Shortest;
        }

        var longest = next;
        next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Longest.Ticks));
        return Shortest + ((longest - Shortest) * random.NextDouble());
    }
}
