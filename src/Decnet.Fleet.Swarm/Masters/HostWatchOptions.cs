namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;

/// <summary>How a <see cref="HostWatch"/> runs.</summary>
public sealed record HostWatchOptions
{
    /// <summary>The host that the master itself is: its operations are not watched over here.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>How long after a look the next one follows.</summary>
    /// <value>Default: 5 seconds. More than zero, at most an hour.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its last report a host counts as silent.</summary>
    /// <value>Default: <see cref="FleetHost.SilentAfter"/>. More than zero.</value>
    public TimeSpan SilentAfter { get; init; } = FleetHost.SilentAfter;

    /// <summary>How long after its last report a host is given up.</summary>
    /// <value>Default: 15 minutes. More than <see cref="SilentAfter"/>.</value>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromMinutes(15);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, TimeSpan.FromHours(1), nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SilentAfter, TimeSpan.Zero, nameof(SilentAfter));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LostAfter, SilentAfter, nameof(LostAfter));
    }
}
