namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Sees to it that no two containers of a fleet would have the same name: those of deckies have the decky's, those of
/// services <c>DECKY-SERVICE</c> with hyphens for underscores.
/// </summary>
internal sealed class NameCheck(FleetCatalog catalog, List<FleetIssue> issues, int count)
{
    readonly Dictionary<string, ValueList<string>?> deckies = new(count, StringComparer.Ordinal);
    readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Reserves the names of deckies that are there, with or without knowledge of their services.</summary>
    internal void Reserve(IEnumerable<DeckyName> names, IEnumerable<Decky> existing)
    {
        foreach (var name in names)
        {
            deckies[name] = null;
            known.Add(name);
        }

        foreach (var decky in existing)
        {
            deckies[decky.Name] = decky.Services;
            known.Add(decky.Name);
        }
    }

    /// <summary>Adds a decky; its services are null when they are not known because of another issue.</summary>
    internal bool TryAdd(DeckyWish decky, ValueList<string>? services)
    {
        if (deckies.TryAdd(decky.Name, services))
        {
            return true;
        }

        var owner = known.Contains(decky.Name) ? "an existing decky" : "another one";
        issues.Add(FleetIssue.Error("duplicate-name", $"The name '{decky.Name}' is that of {owner}, too.", "choose another name", decky.Name, decky.Line("name")));
        return false;
    }

    /// <summary>Compares names with those of service containers, when all deckies have been added.</summary>
    internal void Compare(IEnumerable<DeckyWish> wishes)
    {
        var suffixes = catalog.ServicePool.ToDictionary(slug => slug.Replace('_', '-'), slug => slug, StringComparer.Ordinal);
        var suffixOf = suffixes.GetAlternateLookup<ReadOnlySpan<char>>();
        var servicesOf = deckies.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var decky in wishes)
        {
            var name = decky.Name.Value.AsSpan();
            for (var dash = name.IndexOf('-'); dash > 0 && dash < name.Length; dash = Next(name, dash))
            {
                if (suffixOf.TryGetValue(name[(dash + 1)..], out var slug) && servicesOf.TryGetValue(name[..dash], out var services))
                {
                    Report(decky, name[..dash].ToString(), slug, services);
                }
            }
        }

        CompareServices(suffixes);
    }

    static int Next(ReadOnlySpan<char> name, int dash)
    {
        var next = name[(dash + 1)..].IndexOf('-');
        return next < 0 ? name.Length : dash + 1 + next;
    }

    void Report(DeckyWish decky, string owner, string slug, ValueList<string>? services)
    {
        var line = decky.Line("name");
        issues.Add(services?.Contains(slug) == true
            ? FleetIssue.Error("name-collision", $"The name '{decky.Name}' is also that of the container of the service '{slug}' of the decky '{owner}'.", "choose another name", decky.Name, line)
            : FleetIssue.Warning("name-may-collide", $"The name '{decky.Name}' would also be that of a container if the decky '{owner}' ran the service '{slug}'.", "choose another name", decky.Name, line));
    }

    /// <summary>A slug of several words can make the container of one decky look like that of another: <c>a</c> with <c>b_c</c>, and <c>a-b</c> with <c>c</c>.</summary>
    void CompareServices(Dictionary<string, string> suffixes)
    {
        var ambiguous = (from pair in suffixes
                         from shorter in suffixes
                         where pair.Key.EndsWith("-" + shorter.Key, StringComparison.Ordinal)
                         select (Long: pair.Value, Between: pair.Key[..^shorter.Key.Length].TrimEnd('-'), Short: shorter.Value)).ToArray();
        foreach (var (longer, between, shorter) in ambiguous)
        {
            foreach (var (name, services) in deckies)
            {
                var other = $"{name}-{between}";
                if (services?.Contains(longer) == true && deckies.TryGetValue(other, out var others) && others?.Contains(shorter) == true)
                {
                    issues.Add(FleetIssue.Error("name-collision", $"The containers of the service '{longer}' of the decky '{name}' and of '{shorter}' of '{other}' would have the same name.", "rename a decky", other));
                }
            }
        }
    }
}
