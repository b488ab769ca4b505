namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Which addresses of a network deckies of this host cannot have, as far as the host knows.</summary>
public sealed record TakenAddresses
{
    /// <summary>Nothing is known to be taken.</summary>
    public static readonly TakenAddresses None = new();

    /// <summary>The host's own, on whichever of its interfaces.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Own { get; init; } = [];

    /// <summary>Those of others that have answered the host lately; deckies that it reaches may be among them.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Neighbours { get; init; } = [];

    /// <summary>Reads the tables of this host. It sends nothing, and needs no rights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What is taken in the network; nothing where the system does not tell.</returns>
    public static async Task<TakenAddresses> ReadAsync(IPNetwork network, CancellationToken cancellationToken = default) => new()
    {
        Own = [.. (await OwnAsync(cancellationToken).ConfigureAwait(false)).Where(network.Contains).Distinct()],
        Neighbours = [.. await HostNeighbours.ReadAsync(network, cancellationToken: cancellationToken).ConfigureAwait(false)],
    };

    static async Task<IReadOnlyCollection<IPAddress>> OwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await HostInterfaces.ReadAddressesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HostNetworkException)
        {
            // Who names interface, subnet and gateway needs no tables.
            return [];
        }
    }
}
