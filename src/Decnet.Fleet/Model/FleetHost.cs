namespace Decnet.Fleet.Model;

/// <summary>A host that runs deckies of the fleet.</summary>
public sealed record FleetHost
{
    /// <summary>The identity; the key.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The name that operators use, unique.</summary>
    public required string Name { get; init; }

    /// <summary>Where its agent listens: a host name or address.</summary>
    /// <value>Default: null, it has no agent.</value>
    public string? Address { get; init; }

    /// <summary>How it is.</summary>
    /// <value>Default: <see cref="FleetHostStatus.Enrolled"/>.</value>
    public FleetHostStatus Status { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>When it last gave a sign of life.</summary>
    /// <value>Default: null, never.</value>
    public DateTimeOffset? LastHeartbeat { get; init; }
}
