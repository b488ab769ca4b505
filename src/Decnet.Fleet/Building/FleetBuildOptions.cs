namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>What building a fleet depends on, whatever it is built from.</summary>
public abstract record FleetBuildOptions : AddressRules
{
    /// <summary>Names that are taken; asking for one is an error.</summary>
    /// <value>Default: none.</value>
    public ValueList<DeckyName> ReservedNames { get; init; } = [];

    /// <summary>
    /// Deckies that are there and stay beside the new ones: their names, addresses, host names and MAC addresses are taken.
    /// They are not part of the result.
    /// </summary>
    /// <value>Default: none.</value>
    public ValueList<Decky> Existing { get; init; } = [];

    /// <summary>The host that runs the deckies.</summary>
    /// <value>Default: null, the host whose fleet file names them.</value>
    public HostId? HostId { get; init; }

    /// <summary>Whether the fleet runs on one host or on many.</summary>
    /// <value>Default: <see cref="FleetMode.Unihost"/>.</value>
    public FleetMode Mode { get; init; }

    /// <summary>What the fleet adds to the catalog. Random deckies use added services, too.</summary>
    /// <value>Default: null, nothing.</value>
    public CatalogOverlay? Catalog { get; init; }

    /// <summary>What decides everything that is left to chance.</summary>
    /// <value>Default: null, the random source of the builder.</value>
    public int? Seed { get; init; }
}
