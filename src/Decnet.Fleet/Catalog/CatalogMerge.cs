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

    /// <summary>Makes one addition of two, so that the built-in catalog with it is what it is with one after the other.</summary>
    internal static CatalogOverlay Join(CatalogOverlay? earlier, CatalogOverlay later) => earlier is null ? later : new()
    {
        Services = Join(earlier.Services, later.Services, service => service.Slug, (old, item) => item with { Override = old.Override }),
        Archetypes = Join(earlier.Archetypes, later.Archetypes, archetype => archetype.Slug, (old, item) => item with { Override = old.Override }),
        Distros = Join(earlier.Distros, later.Distros, distro => distro.Slug, (old, item) => item with { Override = old.Override }),
        Images = new(earlier.Images.Concat(later.Images)),
    };

    static ValueList<T> Join<T>(ValueList<T> earlier, ValueList<T> later, Func<T, string> slugOf, Func<T, T, T> replace)
    {
        var known = earlier.ToDictionary(slugOf, StringComparer.Ordinal);
        return Merge(earlier, [.. later.Select(item => known.TryGetValue(slugOf(item), out var old) ? replace(old, item) : item)], slugOf);
    }

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
