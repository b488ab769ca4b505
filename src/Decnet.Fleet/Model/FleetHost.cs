namespace Decnet.Fleet.Model;

/// <summary>A host that runs deckies of the fleet.</summary>
public sealed record FleetHost
{
    /// <summary>How long after its last sign of life an active host counts as silent: 90 seconds.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(90);

    /// <summary>The identity; the key.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The name that operators use, unique.</summary>
    public required string Name { get; init; }

    /// <summary>Where its agent listens: a host name or address.</summary>
    /// <value>Default: null, it has no agent.</value>
    public string? Address { get; init; }

    /// <summary>The port of its agent.</summary>
    /// <value>Default: null, it has no agent.</value>
    public int? AgentPort { get; init; }

    /// <summary>The fingerprint of its certificate: SHA-256 of the DER form, in lower-case hexadecimal digits.</summary>
    /// <value>Default: null, it has none.</value>
    public string? Fingerprint { get; init; }

    /// <summary>The fingerprint of the certificate that takes the place of the present one when it is first used.</summary>
    /// <value>Default: null, none was issued.</value>
    public string? NextFingerprint { get; init; }

    /// <summary>The version of its agent's program, by its last report.</summary>
    /// <value>Default: null, it has never reported.</value>
    public string? AgentVersion { get; init; }

    /// <summary>The number of its last report.</summary>
    /// <value>Default: 0, none.</value>
    public long LastReport { get; init; }

    /// <summary>Which version of the fleet's trust it has, by its last report.</summary>
    /// <value>Default: 0, unknown.</value>
    public long TrustVersion { get; init; }

    /// <summary>How it was when it was last written; <see cref="StatusAt"/> tells how it is.</summary>
    /// <value>Default: <see cref="FleetHostStatus.Enrolled"/>.</value>
    public FleetHostStatus Status { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>When it last gave a sign of life.</summary>
    /// <value>Default: null, never.</value>
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>When it last told how its deckies are: a host whose engine does not answer goes on giving signs of life.</summary>
    /// <value>Default: null, never.</value>
    public DateTimeOffset? LastObserved { get; init; }

    /// <summary>How it is at a given time: a host is not active for longer than its signs of life go on.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The status.</returns>
    public FleetHostStatus StatusAt(DateTimeOffset now) =>
        Status == FleetHostStatus.Active && !(now - LastHeartbeat <= SilentAfter) ? FleetHostStatus.Silent : Status;
}
