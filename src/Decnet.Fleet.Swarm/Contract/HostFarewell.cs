namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /swarm/farewell</c>: how the self-destruction of a host ended. It is the last that is heard of one that is gone.</summary>
public sealed record HostFarewell
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The host, which is the one of its certificate.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The identity of the request, <see cref="SelfDestructCommand.OperationId"/>.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>Whether everything is gone. When not, the host may still be there, and its agent too.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>What was removed: units and paths as the install manifest lists them.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Removed { get; init; }

    /// <summary>What was not removed, each with the reason.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Failed { get; init; }
}
