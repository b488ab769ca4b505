namespace Decnet.Shell.Catalogs;

using Decnet.Fleet.Catalog;
using Decnet.Shell.Output;

/// <summary>What fleets can be made of: the built-in catalog.</summary>
public static class CatalogEntries
{
    /// <summary>The roles that deckies can play.</summary>
    public static IReadOnlyList<Archetype> Archetypes { get; } = [.. FleetCatalog.BuiltIn.Archetypes.Select(Archetype.Of)];

    /// <summary>The distributions that deckies can be made of.</summary>
    public static IReadOnlyList<Distro> Distros { get; } = [.. FleetCatalog.BuiltIn.Distros.Select(Distro.Of)];

    /// <summary>The services that deckies can have.</summary>
    public static IReadOnlyList<Service> Services { get; } = [.. FleetCatalog.BuiltIn.Services.Select(Service.Of)];
}
