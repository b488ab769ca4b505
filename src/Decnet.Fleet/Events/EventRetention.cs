namespace Decnet.Fleet.Events;

/// <summary>How much of the event log is kept. Both limits hold.</summary>
public sealed record EventRetention
{
    /// <summary>At most so many events.</summary>
    /// <value>Default: 100,000.</value>
    public int MaxEvents { get; init; } = 100_000;

    /// <summary>None older than this.</summary>
    /// <value>Default: 30 days.</value>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);
}
