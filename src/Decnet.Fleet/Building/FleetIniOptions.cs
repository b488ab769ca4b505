namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>
/// What comes to an INI description from outside. A plain property that is given overrides what the description says, with a
/// warning when that differs; a <c>Default…</c> property fills a gap.
/// </summary>
public sealed record FleetIniOptions
{
    /// <summary>The network, instead of <c>[general] net</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway, instead of <c>[general] gw</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public IPAddress? Gateway { get; init; }

    /// <summary>The interface, instead of <c>[general] interface</c>.</summary>
    /// <value>Default: null, the description's.</value>
    public string? Interface { get; init; }

    /// <summary>The driver, instead of <c>[general] driver</c>.</summary>
    /// <value>Default: null, the description's, else <see cref="NetworkDriver.Macvlan"/>.</value>
    public NetworkDriver? Driver { get; init; }

    /// <summary>The network when neither <see cref="Subnet"/> nor the description has one, such as that of the host.</summary>
    /// <value>Default: null.</value>
    public IPNetwork? DefaultSubnet { get; init; }

    /// <summary>The gateway when neither <see cref="Gateway"/> nor the description has one. It is used only if it is in the network.</summary>
    /// <value>Default: null.</value>
    public IPAddress? DefaultGateway { get; init; }

    /// <summary>The interface when neither <see cref="Interface"/> nor the description has one.</summary>
    /// <value>Default: null, to be detected.</value>
    public string? DefaultInterface { get; init; }

    /// <summary>Whether a gateway outside of the network is meant; see <see cref="AddressSpace.GatewayOffLink"/>.</summary>
    /// <value>Default: false.</value>
    public bool GatewayOffLink { get; init; }

    /// <summary>The address of the host that runs the deckies, so that none of them gets it.</summary>
    /// <value>Default: null, not known.</value>
    public IPAddress? HostAddress { get; init; }

    /// <summary>Where the search for free addresses begins. Explicit addresses may be lower.</summary>
    /// <value>Default: null, the first usable one.</value>
    public IPAddress? FirstAddress { get; init; }

    /// <summary>Addresses that are not handed out; a section with one gives a warning.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Excluded { get; init; } = [];

    /// <summary>Ranges that are not handed out, such as that of a DHCP server; a section with one of their addresses gives a warning.</summary>
    /// <value>Default: none.</value>
    public ValueList<AddressRange> ExcludedRanges { get; init; } = [];

    /// <summary>Addresses that are taken; a section with one is an error.</summary>
    /// <value>Default: none.</value>
    public ValueList<IPAddress> Reserved { get; init; } = [];

    /// <summary>Names that are taken; a section with one is an error.</summary>
    /// <value>Default: none.</value>
    public ValueList<DeckyName> ReservedNames { get; init; } = [];

    /// <summary>
    /// Deckies that are there and stay beside the new ones: their names, addresses, host names and MAC addresses are taken.
    /// They are not part of the result.
    /// </summary>
    /// <value>Default: none.</value>
    public ValueList<Decky> Existing { get; init; } = [];

    /// <summary>How often services rotate, instead of every interval of the description: whole minutes, at least one.</summary>
    /// <value>Default: null, the description's intervals hold; without any, services do not rotate.</value>
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>The host that runs the deckies.</summary>
    /// <value>Default: null, the host whose fleet file names them.</value>
    public HostId? HostId { get; init; }

    /// <summary>Whether the fleet runs on one host or on many.</summary>
    /// <value>Default: <see cref="FleetMode.Unihost"/>.</value>
    public FleetMode Mode { get; init; }

    /// <summary>What the fleet adds to the catalog, besides the custom services of the description.</summary>
    /// <value>Default: null, nothing.</value>
    public CatalogOverlay? Catalog { get; init; }

    /// <summary>What decides everything that is left to chance.</summary>
    /// <value>Default: null, the random source of the builder.</value>
    public int? Seed { get; init; }
}
