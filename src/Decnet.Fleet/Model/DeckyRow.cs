namespace Decnet.Fleet.Model;

using System.Net;

/// <summary>The store's mirror of one decky of one host. Its key is (<see cref="HostId"/>, <see cref="Name"/>).</summary>
public sealed record DeckyRow
{
    /// <summary>The host that runs the decky.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The name.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>The IPv4 address.</summary>
    public required IPAddress IPAddress { get; init; }

    /// <summary>The slugs of the services, in order.</summary>
    public required ValueList<string> Services { get; init; }

    /// <summary>The configuration as JSON of a <see cref="Decky"/>; see <see cref="FleetJson.ReadDecky(string)"/>.</summary>
    public required string ConfigJson { get; init; }

    /// <summary>The hash over everything that makes the decky's containers and its recorded configuration.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>The state.</summary>
    public required DeckyState State { get; init; }

    /// <summary>Why the state is what it is: the container concerned, and what is wrong with it.</summary>
    /// <value>Default: null, nothing is wrong.</value>
    public string? Reason { get; init; }

    /// <summary>When containers of the decky were last seen.</summary>
    /// <value>Default: null, never.</value>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When the row was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// Counts the writes of the row. A writer that names another number than the stored one is refused. A row that is added
    /// again after it was removed goes on above its old numbers, so that a writer from before is still refused.
    /// </summary>
    /// <value>Default: 0, not stored yet.</value>
    public long Revision { get; init; }
}
