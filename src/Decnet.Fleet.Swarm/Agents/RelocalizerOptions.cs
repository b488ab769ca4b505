namespace Decnet.Fleet.Swarm.Agents;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;

/// <summary>How a <see cref="Relocalizer"/> works.</summary>
public sealed record RelocalizerOptions
{
    /// <summary>The host, for messages.</summary>
    public required HostId HostId { get; init; }

    /// <summary>Finds the network of this host by the name of an interface, or, with null, by the default route. It throws a <see cref="DecnetException"/> when there is none.</summary>
    public required Func<string?, CancellationToken, Task<HostNetworkFacts>> Detect { get; init; }

    /// <summary>The interface that deckies are attached to.</summary>
    /// <value>Default: null, the one that the present deckies are attached to, else that of the default route.</value>
    public string? Interface { get; init; }

    /// <summary>Tells which addresses of a network somebody is known to use, such as those of the neighbour table.</summary>
    /// <value>Default: none are known.</value>
    public Func<IPNetwork, CancellationToken, Task<IReadOnlyCollection<IPAddress>>> InUse { get; init; } = static (_, _) => Task.FromResult<IReadOnlyCollection<IPAddress>>([]);

    /// <summary>Tells which addresses of a network are the host's own, beside the <see cref="HostNetworkFacts.Address"/> of the interface.</summary>
    /// <value>Default: none are known.</value>
    public Func<IPNetwork, CancellationToken, Task<IReadOnlyCollection<IPAddress>>> Own { get; init; } = static (_, _) => Task.FromResult<IReadOnlyCollection<IPAddress>>([]);

    /// <summary>Addresses that are not given to deckies, such as those of a DHCP server.</summary>
    /// <value>Default: none.</value>
    public ValueList<AddressRange> ExcludedRanges { get; init; } = [];
}
