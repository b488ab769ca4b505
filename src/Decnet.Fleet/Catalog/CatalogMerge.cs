namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>Lays what a user defines over what is built in: an override takes the place of its namesake, the rest follows.</summary>
internal static class CatalogMerge
{
    internal static CatalogData Merge(FleetCatalog catalog, CatalogOverlay overlay) => new()
    {
        Services = Merge(catalog.Services, overlay.Services, service => service.Slug),
        Archetypes = Merge(catalog.Archetypes, overlay.Archetypes, archetype => archetype.Slug),
        Distros = Merge(catalog.Distros, overlay.Distros, distro => distro.Slug),
        OsFamilies = catalog.OsFamilies,
    };

    internal static ValueMap<string> Images(FleetCatalog catalog, CatalogOverlay overlay) =>
        overlay.Images.Count == 0 ? catalog.Images : new(catalog.Images.Concat(overlay.Images));

    static ValueList<T> Merge<T>(ValueList<T> builtIn, ValueList<T> added, Func<T, string> slugOf)
    {
        if (added.Count == 0)
        {
            return builtIn;
        }

        var merged = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in builtIn.Concat(added))
        {
            merged[slugOf(item)] = item;
        }

        return [.. merged.Values];
    }
}
