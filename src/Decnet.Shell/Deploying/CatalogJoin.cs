namespace Decnet.Shell.Deploying;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;

/// <summary>Joins what several descriptions add to the catalog.</summary>
internal static class CatalogJoin
{
    /// <summary>One addition of all.</summary>
    /// <exception cref="FaultException">Two define the same entry in different ways.</exception>
    internal static CatalogOverlay? Of(IEnumerable<CatalogOverlay?> overlays)
    {
        CatalogOverlay? joined = null;
        foreach (var overlay in overlays.OfType<CatalogOverlay>().Distinct())
        {
            if (joined is not null)
            {
                Refuse("service", joined.Services, overlay.Services, service => service.Slug);
                Refuse("archetype", joined.Archetypes, overlay.Archetypes, archetype => archetype.Slug);
                Refuse("distro", joined.Distros, overlay.Distros, distro => distro.Slug);
                Refuse("image", joined.Images, overlay.Images, image => image.Key);
            }

            joined = CatalogMerge.Join(joined, overlay);
        }

        return joined;
    }

    static void Refuse<T>(string noun, IEnumerable<T> earlier, IEnumerable<T> later, Func<T, string> slugOf)
    {
        var known = earlier.ToLookup(slugOf);
        if (later.FirstOrDefault(item => known[slugOf(item)].Any(other => !Equals(other, item))) is { } conflict && slugOf(conflict) is { } slug)
        {
            throw new FaultException(new Fault(
                "CatalogsDiffer",
                FaultCategory.InvalidArgument,
                $"The deckies come of fleets that define the {noun} '{slug}' in different ways. Deploy them one after the other, or let the definitions agree.",
                slug));
        }
    }
}
