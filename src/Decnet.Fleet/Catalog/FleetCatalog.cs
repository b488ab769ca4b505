namespace Decnet.Fleet.Catalog;

using System.Collections.Frozen;
using Decnet.Fleet.Model;

/// <summary>The services, archetypes, distributions and OS families that a fleet can use. Immutable, and safe to share.</summary>
public sealed class FleetCatalog
{
    static readonly Lazy<FleetCatalog> EmbeddedCatalog = new(() => new FleetCatalog(CatalogData.LoadEmbedded(), ValueMap<string>.Empty));

    readonly FrozenDictionary<string, ServiceDefinition> services;
    readonly FrozenDictionary<string, ArchetypeDefinition> archetypes;
    readonly FrozenDictionary<string, DistroDefinition> distros;
    readonly FrozenDictionary<string, OsFamilyDefinition> osFamilies;

    internal FleetCatalog(CatalogData data, ValueMap<string> images)
    {
        Services = data.Services;
        Archetypes = data.Archetypes;
        Distros = data.Distros;
        OsFamilies = data.OsFamilies;
        Images = images;
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

    /// <summary>Images by what they replace.</summary>
    public ValueMap<string> Images { get; }

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
    public string ResolveImage(string reference) => Images.TryGetValue(reference, out var replacement) ? replacement : reference;
}
