namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /swarm/heartbeat</c>: how a host is, and what has happened since the master last listened.</summary>
public sealed record HostReport
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The host, which is the one of its certificate.</summary>
    public required HostId HostId { get; init; }

    /// <summary>Grows by one with each report, across restarts. What it says of deckies is void once a later one has arrived.</summary>
    public required long Number { get; init; }

    /// <summary>The version of the agent's program.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>When the agent started, by its own clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The version of the <see cref="TrustBundle"/> that the host has.</summary>
    public required long TrustVersion { get; init; }

    /// <summary>Why the host could not tell how its deckies are, such as an engine that does not answer.</summary>
    /// <value>Default: null, it could.</value>
    public string? Problem { get; init; }

    /// <summary>All deckies that the host has a row of.</summary>
    [JsonConverter(typeof(ValueListConverter<ReportedDecky>))]
    public required ValueList<ReportedDecky> Deckies { get; init; }

    /// <summary>The operations that the host works on, and those that it has ended without having told so in this report or one before.</summary>
    [JsonConverter(typeof(ValueListConverter<Guid>))]
    public required ValueList<Guid> OpenOperations { get; init; }

    /// <summary>What has become of operations, oldest first, until the master has acknowledged it by its answer.</summary>
    [JsonConverter(typeof(ValueListConverter<OperationDelta>))]
    public required ValueList<OperationDelta> Deltas { get; init; }
}
