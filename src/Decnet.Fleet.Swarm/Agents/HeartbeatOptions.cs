namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Swarm.Contract;

/// <summary>How a <see cref="HeartbeatLoop"/> runs.</summary>
public sealed record HeartbeatOptions
{
    /// <summary>How often the host reports when nothing happens.</summary>
    /// <value>Default: <see cref="SwarmProtocol.ReportInterval"/>. More than zero, at most a day.</value>
    public TimeSpan Interval { get; init; } = SwarmProtocol.ReportInterval;

    /// <summary>By which share <see cref="Interval"/> varies, so that many hosts do not report in step.</summary>
    /// <value>Default: 0.1. From 0 to 0.5.</value>
    public double Jitter { get; init; } = 0.1;

    /// <summary>How long an event waits for further ones that are told in the same report.</summary>
    /// <value>Default: 10 milliseconds. From 0 to 20 milliseconds.</value>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The shortest time from the end of a report to the next one that an event causes.</summary>
    /// <value>Default: 50 milliseconds. At least zero.</value>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The wait after the first failure. Each further wait is twice as long, and all vary by a quarter.</summary>
    /// <value>Default: 1 second. More than zero.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait after a failure.</summary>
    /// <value>Default: 30 seconds. Not below <see cref="FirstDelay"/>.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one report, and what follows from it, may take.</summary>
    /// <value>Default: 60 seconds. More than zero.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, TimeSpan.FromDays(1), nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, 0, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jitter, 0.5, nameof(Jitter));
        ArgumentOutOfRangeException.ThrowIfLessThan(Settle, TimeSpan.Zero, nameof(Settle));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Settle, TimeSpan.FromMilliseconds(20), nameof(Settle));
        ArgumentOutOfRangeException.ThrowIfLessThan(Spacing, TimeSpan.Zero, nameof(Spacing));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstDelay, TimeSpan.Zero, nameof(FirstDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, FirstDelay, nameof(MaxDelay));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero, nameof(Timeout));
    }
}
