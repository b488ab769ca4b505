namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>What to say about a slug that the catalog does not have: with the nearest one, and all if they are not too many.</summary>
internal static class UnknownSlug
{
    internal static FleetIssue Service(FleetCatalog catalog, string slug, string? target = null, int? line = null) =>
        Issue("service", slug, catalog.Services.Select(service => service.Slug), target, line);

    internal static FleetIssue Archetype(FleetCatalog catalog, string slug, string? target = null, int? line = null) =>
        Issue("archetype", slug, catalog.Archetypes.Select(archetype => archetype.Slug), target, line);

    internal static FleetIssue Distro(FleetCatalog catalog, string slug, string? target = null, int? line = null) =>
        Issue("distro", slug, catalog.Distros.Select(distro => distro.Slug), target, line);

    internal static FleetIssue OsFamily(FleetCatalog catalog, string slug, string? target = null, int? line = null) =>
        Issue("os-family", slug, catalog.OsFamilies.Select(family => family.Slug), target, line);

    static FleetIssue Issue(string kind, string slug, IEnumerable<string> known, string? target, int? line) =>
        FleetIssue.Error(
            "unknown-" + kind,
            $"There is no {(kind == "os-family" ? "OS family" : kind)} '{slug}'.",
            Suggestion.Fix(slug, known.Take(Suggestion.MaxCandidates).Order(StringComparer.Ordinal)),
            target,
            line);
}
