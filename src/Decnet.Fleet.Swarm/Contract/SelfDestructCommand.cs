namespace Decnet.Fleet.Swarm.Contract;

/// <summary>The body of <c>POST /self-destruct</c>.</summary>
public sealed record SelfDestructCommand
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The identity of the request.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The confirmation that the agent has given to the same request without one.</summary>
    /// <value>Default: null, to ask for it.</value>
    public string? Confirmation { get; init; }
}
