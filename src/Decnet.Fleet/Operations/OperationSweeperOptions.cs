namespace Decnet.Fleet.Operations;

/// <summary>How an <see cref="OperationSweeper"/> runs.</summary>
public sealed record OperationSweeperOptions
{
    /// <summary>How long after a sweep the next one follows.</summary>
    /// <value>Default: 30 seconds. More than zero, at most a day.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, TimeSpan.FromDays(1), nameof(Interval));
    }
}
