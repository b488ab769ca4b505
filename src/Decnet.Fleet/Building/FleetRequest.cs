namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>
/// A description of a fleet of like deckies. Null means that something is not given. Needed are <see cref="Subnet"/>,
/// <see cref="Gateway"/>, the number of deckies (by <see cref="Count"/>, <see cref="Names"/> or <see cref="Addresses"/>) and
/// their services (by <see cref="Services"/>, <see cref="Archetype"/> or <see cref="RandomizeServices"/>).
/// </summary>
public sealed record FleetRequest : FleetBuildOptions
{
    /// <summary>How many deckies. It must agree with the lengths of <see cref="Names"/>, <see cref="Addresses"/> and <see cref="Hostnames"/>.</summary>
    /// <value>Default: null, as many as there are names, or else addresses.</value>
    public int? Count { get; init; }

    /// <summary>The names, in order.</summary>
    /// <value>Default: null, <see cref="NamePrefix"/> with numbers.</value>
    public ValueList<string>? Names { get; init; }

    /// <summary>What names begin with: <c>web</c> gives <c>web-01</c>, <c>web-02</c> …; numbers that are taken are left out.</summary>
    /// <value>Default: null, <c>decky</c>. Ignored, with a warning, when there are <see cref="Names"/>.</value>
    public string? NamePrefix { get; init; }

    /// <summary>The addresses, one a decky, in order.</summary>
    /// <value>Default: null, free addresses of <see cref="Subnet"/>, ascending.</value>
    public ValueList<IPAddress>? Addresses { get; init; }

    /// <summary>The IPv4 network of the LAN, <c>/8</c> to <c>/30</c>.</summary>
    public IPNetwork? Subnet { get; init; }

    /// <summary>The gateway, an address of <see cref="Subnet"/>.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>The slugs of the services of each decky, in order. They come before those of <see cref="Archetype"/>.</summary>
    /// <value>Default: null. An empty list counts as not given.</value>
    public ValueList<string>? Services { get; init; }

    /// <summary>The slug of an archetype, which gives services, distributions and OS family.</summary>
    /// <value>Default: null.</value>
    public string? Archetype { get; init; }

    /// <summary>Whether each decky gets one to three services by chance, no two deckies the same as long as there are other combinations.</summary>
    /// <value>Default: false. Ignored, with a warning, when there are <see cref="Services"/> or an <see cref="Archetype"/>.</value>
    public bool RandomizeServices { get; init; }

    /// <summary>The slugs of the distributions, by turns.</summary>
    /// <value>Default: null, those of the archetype, else all. An empty list counts as not given.</value>
    public ValueList<string>? Distros { get; init; }

    /// <summary>Whether each decky gets a distribution by chance.</summary>
    /// <value>Default: false. Ignored, with a warning, when there are <see cref="Distros"/>.</value>
    public bool RandomizeDistros { get; init; }

    /// <summary>The slug of the OS family that the deckies imitate.</summary>
    /// <value>Default: null, that of the archetype, else <c>linux</c>.</value>
    public string? NmapOs { get; init; }

    /// <summary>The host names that the deckies show, one each, in order.</summary>
    /// <value>Default: null, made to fit the OS family or distribution.</value>
    public ValueList<string>? Hostnames { get; init; }

    /// <summary>Settings by slug of the service and key; see <see cref="Catalog.SettingsValidator.Validate"/> for the values.</summary>
    /// <value>Default: null, none.</value>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>? ServiceConfig { get; init; }

    /// <summary>
    /// How often the services of each decky rotate: whole minutes, at least one, or <see cref="Timeout.InfiniteTimeSpan"/> for never.
    /// </summary>
    /// <value>Default: null, that of <see cref="FleetMutateInterval"/>.</value>
    public TimeSpan? MutateInterval { get; init; }

    /// <summary>
    /// How often services rotate where <see cref="MutateInterval"/> does not say: whole minutes, at least one, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never. It is copied into the deckies, and kept as <see cref="Fleet.MutateInterval"/>.
    /// </summary>
    /// <value>Default: null, never.</value>
    public TimeSpan? FleetMutateInterval { get; init; }

    /// <summary>The host's network interface that deckies are attached to.</summary>
    /// <value>Default: null, to be detected.</value>
    public string? Interface { get; init; }

    /// <summary>How deckies are attached to the network. With <see cref="NetworkDriver.Ipvlan"/> they have no MAC address of their own.</summary>
    /// <value>Default: <see cref="NetworkDriver.Macvlan"/>.</value>
    public NetworkDriver Driver { get; init; }
}
