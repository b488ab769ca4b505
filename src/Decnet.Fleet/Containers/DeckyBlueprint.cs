namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Model;

/// <summary>The containers that make one decky: what it is in the runtime's terms.</summary>
public sealed record DeckyBlueprint
{
    /// <summary>The decky.</summary>
    public required Decky Decky { get; init; }

    /// <summary>The container that owns address and network namespace.</summary>
    public required ContainerSpec Base { get; init; }

    /// <summary>A container per service that is no fleet singleton, in the order of the decky's services.</summary>
    public required ValueList<ContainerSpec> Services { get; init; }

    /// <summary>
    /// The hash over the decky's recorded configuration and all its containers: 64 lower-case hexadecimal digits of SHA-256.
    /// </summary>
    public required string ConfigHash { get; init; }

    /// <summary>The decky as JSON, as its row records it.</summary>
    public required string ConfigJson { get; init; }
}
