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

    /// <summary>
    /// The deckies of this fleet from before, so that describing the same fleet again changes nothing. A decky with the name
    /// and the host of one of them keeps whatever the description leaves open and still fits: address, host name, MAC
    /// address, distribution and images, random services, and the times of <see cref="Decky.LastMutated"/> and
    /// <see cref="Decky.LastLoginAttempt"/>. What the description says wins. Those that it does not name count as
    /// <see cref="Existing"/>; do not give a decky in both.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A decky that rotates, has a time of rotation and the same archetype as before keeps its services even where the
    /// description names others: rotation has changed them on purpose. To change them, turn rotation off, or leave the
    /// decky out of this list.
    /// </para>
    /// <para>
    /// What does not fit any more is decided anew: an address that the decky cannot have here, with a warning; a host name
    /// when hosts of the new OS family or distribution are named in other ways; a MAC address of a vendor that the OS family
    /// does not have; a distribution that is not among those asked for; random services when the archetype is another one,
    /// or when one of them is gone or opens a port that another one opens. Without a MAC address there is nothing to keep.
    /// Images are those from before even if the built-in catalog has newer ones; a distribution that the fleet defines
    /// itself has the images that it says.
    /// </para>
    /// </remarks>
    /// <value>Default: none, everything is decided anew.</value>
    public ValueList<Decky> Previous { get; init; } = [];

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
