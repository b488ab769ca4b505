namespace Decnet.Fleet.Catalog;

using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Decnet.Fleet.Model;

/// <summary>The services, archetypes, distributions and OS families that a fleet can use. Immutable, and safe to share.</summary>
public sealed class FleetCatalog
{
    static readonly Lazy<FleetCatalog> EmbeddedCatalog = new(() => new FleetCatalog(CatalogData.LoadEmbedded(), null));

    static readonly ConditionalWeakTable<CatalogOverlay, FleetCatalog> Overlaid = [];

    readonly FrozenDictionary<string, ServiceDefinition> services;
    readonly FrozenDictionary<string, ArchetypeDefinition> archetypes;
    readonly FrozenDictionary<string, DistroDefinition> distros;
    readonly FrozenDictionary<string, OsFamilyDefinition> osFamilies;

    internal FleetCatalog(CatalogData data, CatalogOverlay? overlay)
    {
        Services = data.Services;
        Archetypes = data.Archetypes;
        Distros = data.Distros;
        OsFamilies = data.OsFamilies;
        Overlay = overlay;
        services = Services.ToFrozenDictionary(service => service.Slug, StringComparer.Ordinal);
        archetypes = Archetypes.ToFrozenDictionary(archetype => archetype.Slug, StringComparer.Ordinal);
        distros = Distros.ToFrozenDictionary(distro => distro.Slug, StringComparer.Ordinal);
        osFamilies = OsFamilies.ToFrozenDictionary(family => family.Slug, StringComparer.Ordinal);
        ServicePool = [.. Services.Where(service => !service.FleetSingleton).Select(service => service.Slug).Order(StringComparer.Ordinal)];
    }

    /// <summary>The catalog that comes with Decnet: 29 services, 15 archetypes, 9 distributions, 6 OS families.</summary>
    public static FleetCatalog BuiltIn => EmbeddedCatalog.Value;

    /// <summary>The services, in the order of the catalog.</summary>
    public ValueList<ServiceDefinition> Services { get; }

    /// <summary>The archetypes, in the order of the catalog.</summary>
    public ValueList<ArchetypeDefinition> Archetypes { get; }

    /// <summary>The distributions, in the order in which deckies take turns.</summary>
    public ValueList<DistroDefinition> Distros { get; }

    /// <summary>The OS families, in the order of the catalog.</summary>
    public ValueList<OsFamilyDefinition> OsFamilies { get; }

    /// <summary>Images by what they replace. A reference without digest stands for all digests of its tag.</summary>
    public ValueMap<string> Images => Overlay?.Images ?? ValueMap<string>.Empty;

    /// <summary>All that this catalog has beyond <see cref="BuiltIn"/>; null for nothing.</summary>
    internal CatalogOverlay? Overlay { get; }

    /// <summary>The slugs of the services that a decky can have, ascending: all but fleet singletons.</summary>
    public ValueList<string> ServicePool { get; }

    /// <summary>Finds a service.</summary>
    /// <param name="slug">Its slug.</param>
    /// <returns>The service, or null.</returns>
    public ServiceDefinition? FindService(string slug) => services.GetValueOrDefault(slug);

    /// <summary>Finds an archetype.</summary>
    /// <param name="slug">Its slug.</param>
    /// <returns>The archetype, or null.</returns>
    public ArchetypeDefinition? FindArchetype(string slug) => archetypes.GetValueOrDefault(slug);

    /// <summary>Finds a distribution.</summary>
    /// <param name="slug">Its slug.</param>
    /// <returns>The distribution, or null.</returns>
    public DistroDefinition? FindDistro(string slug) => distros.GetValueOrDefault(slug);

    /// <summary>Finds an OS family.</summary>
    /// <param name="slug">Its slug.</param>
    /// <returns>The OS family, or null.</returns>
    public OsFamilyDefinition? FindOsFamily(string slug) => osFamilies.GetValueOrDefault(slug);

    /// <summary>Tells which image to use for a reference.</summary>
    /// <param name="reference">The reference as the catalog or a decky has it.</param>
    /// <returns>The replacement, or the reference itself.</returns>
    public string ResolveImage(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (Images.Count == 0)
        {
            return reference;
        }

        var digest = reference.IndexOf('@', StringComparison.Ordinal);
        return Images.TryGetValue(reference, out var replacement) || (digest > 0 && Images.TryGetValue(reference[..digest], out replacement))
            ? replacement
            : reference;
    }

    /// <summary>
    /// The ports that really open when a service runs. A service with an image of its own opens all of them; one without is
    /// stood in for by a container that opens its TCP ports only, so its UDP ports stay closed.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="settings">Its validated settings, since some ports depend on them; null for none.</param>
    /// <returns>The ports, in the order of the service.</returns>
    public static ValueList<ServicePort> PortsOpenedBy(ServiceDefinition service, ValueMap<SettingValue>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        var ports = OpenPorts.Of(service, settings);
        return service.Image is not null || ports.All(port => port.Protocol == PortProtocol.Tcp)
            ? ports
            : [.. ports.Where(port => port.Protocol == PortProtocol.Tcp)];
    }

    /// <summary>The catalog of a fleet: the built-in one with what the fleet adds. Repeated calls for the same addition are cheap.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="FleetValidationException">What the fleet adds is not valid.</exception>
    public static FleetCatalog For(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return fleet.Catalog is { } overlay ? Overlaid.GetValue(overlay, BuiltIn.With) : BuiltIn;
    }

    /// <summary>Makes a catalog with additions. This one stays as it is.</summary>
    /// <param name="overlay">The additions; null for none.</param>
    /// <returns>The new catalog, or this one when there is nothing to add.</returns>
    /// <exception cref="FleetValidationException">
    /// Something is wrong with the additions; all of it is listed. A slug that this catalog has is refused unless the entry
    /// says <c>override</c>, and so is an <c>override</c> of a slug that it does not have.
    /// </exception>
    public FleetCatalog With(CatalogOverlay? overlay)
    {
        if (overlay is null || overlay == new CatalogOverlay())
        {
            return this;
        }

        var issues = new List<FleetIssue>();
        OverlayValidator.CheckEntries(this, overlay, issues);
        var merged = new FleetCatalog(CatalogMerge.Merge(this, overlay), CatalogMerge.Join(Overlay, overlay));
        OverlayValidator.CheckReferences(merged, overlay, issues);
        return issues.Count == 0 ? merged : throw new FleetValidationException("catalog", issues);
    }

    /// <summary>Finds the ports that several services of one decky would open.</summary>
    /// <param name="services">The slugs of the services; unknown ones and fleet singletons are left out.</param>
    /// <param name="settings">The validated settings by slug, since some ports depend on them; null for none.</param>
    /// <returns>The conflicts in the order of the services; none when all fit together.</returns>
    public ValueList<PortConflict> FindPortConflicts(
        IEnumerable<string> services, ValueMap<ValueMap<SettingValue>>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var owners = new OrderedDictionary<ServicePort, List<string>>();
        foreach (var slug in services.Distinct(StringComparer.Ordinal))
        {
            if (FindService(slug) is not { FleetSingleton: false } service)
            {
                continue;
            }

            foreach (var port in OpenPorts.Of(service, settings?.GetValueOrDefault(slug)).Distinct())
            {
                if (!owners.TryGetValue(port, out var slugs))
                {
                    owners.Add(port, slugs = []);
                }

                slugs.Add(slug);
            }
        }

        return [.. from owner in owners where owner.Value.Count > 1 select new PortConflict(owner.Key, [.. owner.Value])];
    }
}
