namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// The catalog of one build. When what the fleet adds is not valid, the base alone is used, and the added slugs are not
/// reported as unknown on top.
/// </summary>
internal sealed class BuildCatalog
{
    readonly HashSet<string> broken = new(StringComparer.Ordinal);

    internal BuildCatalog(FleetCatalog basis, BuildPlan plan)
    {
        broken.UnionWith(plan.RefusedServices);
        Current = basis;
        try
        {
            Current = basis.With(plan.Catalog);
        }
        catch (FleetValidationException error)
        {
            plan.Issues.AddRange(error.Issues);
            var overlay = plan.Catalog!;
            broken.UnionWith(overlay.Services.Select(service => service.Slug));
            broken.UnionWith(overlay.Archetypes.Select(archetype => archetype.Slug));
            broken.UnionWith(overlay.Distros.Select(distro => distro.Slug));
        }
    }

    internal FleetCatalog Current { get; }

    internal ServiceDefinition? Service(string slug, string target, int? line, List<FleetIssue> issues) =>
        Found(Current.FindService(slug), slug, () => UnknownSlug.Service(Current, slug, target, line), issues);

    internal ArchetypeDefinition? Archetype(string slug, string target, int? line, List<FleetIssue> issues) =>
        Found(Current.FindArchetype(slug), slug, () => UnknownSlug.Archetype(Current, slug, target, line), issues);

    internal DistroDefinition? Distro(string slug, string target, int? line, List<FleetIssue> issues) =>
        Found(Current.FindDistro(slug), slug, () => UnknownSlug.Distro(Current, slug, target, line), issues);

    internal OsFamilyDefinition? OsFamily(string slug, string target, int? line, List<FleetIssue> issues) =>
        Found(Current.FindOsFamily(slug), slug, () => UnknownSlug.OsFamily(Current, slug, target, line), issues);

    T? Found<T>(T? item, string slug, Func<FleetIssue> unknown, List<FleetIssue> issues) where T : class
    {
        if (item is null && !broken.Contains(slug))
        {
            issues.Add(unknown());
        }

        return item;
    }
}
