namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>One decky that shall have other services.</summary>
public sealed record MutateOrder
{
    /// <summary>The operation, the same at master and host.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The decky.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>The slugs of its new services, at least one.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Services { get; init; }
}
