namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;

/// <summary>What a <see cref="HostReporter"/> says of the agent itself.</summary>
public sealed record HostReporterOptions
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The version of the agent's program.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>Tells the version of the trust bundle that the host has.</summary>
    /// <value>Default: 0, none.</value>
    public Func<long> TrustVersion { get; init; } = static () => 0;

    /// <summary>Tells why the host does not know how its deckies are, such as <see cref="PassWatch.Problem"/>; null when it does.</summary>
    /// <value>Default: it does.</value>
    public Func<string?> Problem { get; init; } = static () => null;
}
