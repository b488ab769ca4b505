namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Remembers across a restart that the host is being removed.</summary>
internal sealed record SelfDestructMark
{
    public required Guid OperationId { get; init; }

    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Removes { get; init; }
}
