namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Swarm.Contract;

/// <summary>A report that is to be sent.</summary>
public sealed record PreparedReport
{
    /// <summary>The report.</summary>
    public required HostReport Report { get; init; }

    /// <summary>The sequence number up to which the event log is told of when the master has the report.</summary>
    public required long Through { get; init; }

    /// <summary>The sequence number of the newest event that the report takes into account.</summary>
    public required long Seen { get; init; }

    /// <summary>Whether more deltas wait than fit into the report.</summary>
    public required bool HasMore { get; init; }
}
