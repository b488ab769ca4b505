namespace Decnet.Fleet.Swarm.Contract;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>A transition of an operation at the host that works on it.</summary>
public sealed record OperationDelta
{
    /// <summary>The operation, the same at master and host.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>Its place in the host's event log; later transitions have higher ones.</summary>
    public required long Sequence { get; init; }

    /// <summary>The decky.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>What it has come to; never <c>pending</c>.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Why it failed.</summary>
    /// <value>Default: null.</value>
    public string? Error { get; init; }

    /// <summary>When it ended, by the host's clock.</summary>
    /// <value>Default: null, it has not.</value>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The address of the decky on the host's network.</summary>
    /// <value>Default: null, it is gone or was never there.</value>
    [JsonConverter(typeof(IPAddressConverter))]
    public IPAddress? Address { get; init; }

    /// <summary>The services that the decky has now.</summary>
    /// <value>Default: null, it is gone or was never there.</value>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string>? Services { get; init; }
}
