namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Looks up what groups of deckies are asked for, each group once, and says what does not exist or cannot be.</summary>
internal sealed class PersonaResolver(BuildCatalog catalog, Random random, List<FleetIssue> issues)
{
    const string DefaultFamily = "linux";

    readonly Dictionary<PersonaWish, Persona?> known = [];
    readonly Dictionary<string, DistroRotation> shared = new(StringComparer.Ordinal);
    readonly HashSet<ValueList<string>> lists = [];
    PersonaWish? lastWish;
    Persona? last;

    /// <summary>The persona of a decky, or null when there is an issue with it.</summary>
    internal Persona? Resolve(DeckyWish decky)
    {
        if (ReferenceEquals(decky.Persona, lastWish))
        {
            return last;
        }

        if (!known.TryGetValue(decky.Persona, out var persona))
        {
            known[decky.Persona] = persona = Look(decky.Persona, decky);
        }

        (lastWish, last) = (decky.Persona, persona);
        return persona;
    }

    Persona? Look(PersonaWish wish, DeckyWish decky)
    {
        var archetype = wish.Archetype is null ? null : catalog.Archetype(wish.Archetype, wish.Target, decky.Line("archetype"), issues);
        var services = wish.Services ?? archetype?.Services;
        var servicesFit = services is null
            ? wish.RandomizeServices || wish.Archetype is not null || ReportMissingServices(wish, decky)
            : IsChecked(ref services) || new ServiceListCheck(catalog, issues).Run(services, wish.Target, decky.Line(wish.Services is null ? "archetype" : "services"));
        var family = catalog.OsFamily(wish.NmapOs ?? archetype?.NmapOs ?? DefaultFamily, wish.Target, decky.Line("nmap_os"), issues);
        var distros = Distros(wish, archetype, decky);
        if (services is not null && servicesFit)
        {
            lists.Add(services);
        }

        var isComplete = servicesFit && family is not null && distros is not null && (wish.Archetype is null || archetype is not null);
        return isComplete ? new Persona(wish.Archetype, services, distros!, family!) : null;
    }

    /// <summary>Whether an equal list was found to be right, which is used then: most groups have one of few lists.</summary>
    bool IsChecked(ref ValueList<string> services)
    {
        var isKnown = lists.TryGetValue(services, out var equal);
        services = equal ?? services;
        return isKnown;
    }

    bool ReportMissingServices(PersonaWish wish, DeckyWish decky)
    {
        issues.Add(FleetIssue.Error("missing-services", "It is not said which services the deckies have.", "give services or an archetype, or ask for random services", wish.Target, decky.Line("services")));
        return false;
    }

    DistroRotation? Distros(PersonaWish wish, ArchetypeDefinition? archetype, DeckyWish decky)
    {
        if (wish.Distros is null && wish.RandomizeDistros)
        {
            return new DistroRotation(catalog.Current.Distros, random);
        }

        var fromArchetype = wish.Distros is null && archetype is not null;
        var key = fromArchetype ? archetype!.Slug : "";
        if (wish.Distros is null && !wish.IsGroup && shared.TryGetValue(key, out var others))
        {
            return others;
        }

        var line = decky.Line("distro");
        var slugs = wish.Distros ?? (fromArchetype ? archetype!.PreferredDistros : null);
        DistroDefinition?[] distros = slugs is null
            ? [.. catalog.Current.Distros]
            : [.. slugs.Select(slug => catalog.Distro(slug, wish.Target, line, issues))];
        if (distros.Length == 0 || distros.Contains(null))
        {
            return null;
        }

        var rotation = new DistroRotation(distros!);
        if (wish.Distros is null && !wish.IsGroup)
        {
            shared[key] = rotation;
        }

        return rotation;
    }
}
