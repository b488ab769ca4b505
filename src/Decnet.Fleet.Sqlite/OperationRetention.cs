namespace Decnet.Fleet.Sqlite;

using Decnet.Fleet.Model;

/// <summary>How many ended operations are kept. Both limits hold; open operations are always kept.</summary>
public sealed record OperationRetention
{
    /// <summary>At most so many ended operations, the last ended.</summary>
    /// <value>Default: 10,000.</value>
    public int MaxEnded { get; init; } = 10_000;

    /// <summary>None that ended longer ago than this, measured by <see cref="Operation.CompletedAt"/>.</summary>
    /// <value>Default: 90 days.</value>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(90);
}
