namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The answer of <c>GET /status</c> of an agent.</summary>
public sealed record AgentStatus
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The version of the agent's program.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>When the agent started, by its own clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The generation of the host's fleet file.</summary>
    /// <value>Default: null, there is none that can be read.</value>
    public long? Generation { get; init; }

    /// <summary>The network that deckies of the host are attached to.</summary>
    /// <value>Default: null, it has no fleet yet.</value>
    public SwarmNetwork? Network { get; init; }

    /// <summary>Why the host cannot tell how its deckies are.</summary>
    /// <value>Default: null, it can.</value>
    public string? Problem { get; init; }

    /// <summary>The deckies of the host.</summary>
    [JsonConverter(typeof(ValueListConverter<ReportedDecky>))]
    public required ValueList<ReportedDecky> Deckies { get; init; }

    /// <summary>The operations that the host works on.</summary>
    [JsonConverter(typeof(ValueListConverter<Guid>))]
    public required ValueList<Guid> OpenOperations { get; init; }

    /// <summary>How many lifecycle deltas the master has not acknowledged.</summary>
    public required int Unacknowledged { get; init; }
}
