namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>Checks what a user adds to a catalog: first the entries by themselves, then what they refer to.</summary>
internal static class OverlayValidator
{
    const string ServiceRule = "use 1 to 40 lower-case letters, digits and underscores, with a letter or digit at both ends";
    const string HyphenRule = "use 1 to 40 lower-case letters, digits, hyphens and underscores, with a letter or digit at both ends";

    internal static void CheckEntries(FleetCatalog catalog, CatalogOverlay overlay, List<FleetIssue> issues)
    {
        CheckSlugs(
            "services",
            overlay.Services.Select(service => (service.Slug, service.Override, catalog.FindService(service.Slug) is not null)),
            CatalogSyntax.IsServiceSlug,
            ServiceRule,
            issues);
        CheckSlugs(
            "archetypes",
            overlay.Archetypes.Select(archetype => (archetype.Slug, archetype.Override, catalog.FindArchetype(archetype.Slug) is not null)),
            CatalogSyntax.IsHyphenSlug,
            HyphenRule,
            issues);
        CheckSlugs(
            "distros",
            overlay.Distros.Select(distro => (distro.Slug, distro.Override, catalog.FindDistro(distro.Slug) is not null)),
            CatalogSyntax.IsHyphenSlug,
            HyphenRule,
            issues);
        foreach (var service in overlay.Services)
        {
            new ServiceRules(service, issues).Check();
        }

        foreach (var distro in overlay.Distros)
        {
            CheckImage(distro.Image, $"distros/{distro.Slug}/image", issues);
            CheckImage(distro.BuildBase, $"distros/{distro.Slug}/build_base", issues);
        }

        foreach (var (reference, replacement) in overlay.Images)
        {
            CheckImage(reference, $"images/{reference}", issues);
            CheckImage(replacement, $"images/{reference}", issues);
        }
    }

    /// <summary>Checks archetypes against the merged catalog; built-in ones too, when a service of theirs is overridden.</summary>
    internal static void CheckReferences(FleetCatalog merged, CatalogOverlay overlay, List<FleetIssue> issues)
    {
        foreach (var archetype in overlay.Archetypes)
        {
            CheckArchetype(merged, archetype, issues);
        }

        var overridden = overlay.Services.Where(service => service.Override).Select(service => service.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var archetype in merged.Archetypes.Except(overlay.Archetypes).Where(archetype => archetype.Services.Any(overridden.Contains)))
        {
            CheckServices(merged, archetype, issues);
        }
    }

    internal static void CheckImage(string? image, string target, List<FleetIssue> issues)
    {
        if (image is null || !CatalogSyntax.IsImage(image))
        {
            issues.Add(FleetIssue.Error(
                "bad-image", $"'{image}' is not an image reference.", "write it as registry/name:tag, or with @sha256: and a digest", target));
        }
    }

    static void CheckSlugs(
        string list,
        IEnumerable<(string Slug, bool Override, bool Known)> entries,
        Func<string, bool> fits,
        string rule,
        List<FleetIssue> issues)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (slug, overrides, known) in entries)
        {
            var target = $"{list}/{slug}";
            if (!fits(slug))
            {
                issues.Add(FleetIssue.Error("bad-slug", $"'{slug}' is not a slug.", rule, target));
            }

            if (!seen.Add(slug))
            {
                issues.Add(FleetIssue.Error("duplicate-slug", $"'{slug}' is defined twice.", "keep one", target));
            }

            if (known && !overrides)
            {
                issues.Add(FleetIssue.Error(
                    "shadowed-slug", $"'{slug}' is in the catalog already.", "choose another slug, or write \"override\": true to replace it on purpose", target));
            }
            else if (overrides && !known)
            {
                issues.Add(FleetIssue.Error(
                    "nothing-to-override", $"'{slug}' overrides nothing: the catalog does not have it.", "correct the slug, or remove \"override\"", target));
            }
        }
    }

    static void CheckArchetype(FleetCatalog merged, ArchetypeDefinition archetype, List<FleetIssue> issues)
    {
        var target = $"archetypes/{archetype.Slug}";
        if (archetype.PreferredDistros.Count == 0)
        {
            issues.Add(FleetIssue.Error("no-distros", $"'{archetype.Slug}' has no distro.", "name at least one in preferred_distros", target));
        }

        foreach (var distro in archetype.PreferredDistros.Where(distro => merged.FindDistro(distro) is null))
        {
            issues.Add(UnknownSlug.Distro(merged, distro, target));
        }

        if (merged.FindOsFamily(archetype.NmapOs) is null)
        {
            issues.Add(UnknownSlug.OsFamily(merged, archetype.NmapOs, target));
        }

        CheckServices(merged, archetype, issues);
    }

    static void CheckServices(FleetCatalog merged, ArchetypeDefinition archetype, List<FleetIssue> issues)
    {
        var target = $"archetypes/{archetype.Slug}";
        if (archetype.Services.Count == 0)
        {
            issues.Add(FleetIssue.Error("no-services", $"'{archetype.Slug}' has no service.", "name at least one in services", target));
        }

        foreach (var repeated in archetype.Services.GroupBy(slug => slug, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            issues.Add(FleetIssue.Error("duplicate-service", $"'{archetype.Slug}' names '{repeated.Key}' twice.", "keep one", target));
        }

        foreach (var slug in archetype.Services)
        {
            switch (merged.FindService(slug))
            {
                case null:
                    issues.Add(UnknownSlug.Service(merged, slug, target));
                    break;
                case { FleetSingleton: true }:
                    issues.Add(FleetIssue.Error(
                        "singleton-service", $"'{slug}' serves the whole fleet; no decky has a container for it.", "remove it", target));
                    break;
            }
        }

        issues.AddRange(merged.FindPortConflicts(archetype.Services).Select(conflict => FleetIssue.Error(
            "port-conflict", $"The services of '{archetype.Slug}' do not fit together: {conflict}.", "keep one of them", target)));
    }
}
