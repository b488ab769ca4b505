namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>A host that runs deckies of the fleet, as its master knows it.</summary>
public sealed record FleetHost
{
    /// <summary>The name that operators use.</summary>
    public required string Name { get; init; }

    /// <summary>The identity, which deckies and certificates name.</summary>
    public required string HostId { get; init; }

    /// <summary>How it is now: <c>enrolled</c> when it was never heard of, <c>active</c>, <c>silent</c> when it was not heard of for 90 seconds, or <c>lost</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Where its agent listens: a host name or address; null when it has none.</summary>
    public string? Address { get; init; }

    /// <summary>The port of its agent; null when it has none.</summary>
    public int? Port { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>When it last reported, by the clock of the master; null for never.</summary>
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>How many deckies are recorded for it.</summary>
    public required int Deckies { get; init; }

    /// <summary>How many of them are in which state, such as <c>running</c>.</summary>
    public required IReadOnlyDictionary<string, int> DeckyStates { get; init; }

    /// <summary>The version of its agent; null when it has never reported.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>The fingerprint of its certificate: SHA-256, in hexadecimal digits; null when it has none.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Which version of the fleet's trust it has, by its last report; zero when that is not known.</summary>
    public required long TrustVersion { get; init; }

    internal static FleetHost Of(Model.FleetHost host, DateTimeOffset now, IEnumerable<Model.DeckyRow> rows)
    {
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var state = Token<DeckyState>.Of(row.State);
            states[state] = states.GetValueOrDefault(state) + 1;
        }

        return new FleetHost
        {
            Name = host.Name,
            HostId = host.HostId.Value,
            Status = Token<FleetHostStatus>.Of(host.StatusAt(now)),
            Address = host.Address,
            Port = host.AgentPort,
            EnrolledAt = host.EnrolledAt,
            LastHeartbeat = host.LastHeartbeat,
            Deckies = states.Values.Sum(),
            DeckyStates = states,
            AgentVersion = host.AgentVersion,
            Fingerprint = host.Fingerprint,
            TrustVersion = host.TrustVersion,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
