namespace Decnet.PowerShell.Binding;

using System.Management.Automation;

/// <summary>Finds things by names with wildcards.</summary>
internal static class NamePattern
{
    /// <summary>The items that fit one of the patterns, each once, in their own order. A name without wildcards that nothing has is reported.</summary>
    internal static IEnumerable<T> Select<T>(IEnumerable<T> items, Func<T, string> nameOf, string[]? patterns, Action<string> notFound)
    {
        if (patterns is null || patterns.Length == 0)
        {
            return items;
        }

        var all = items as IReadOnlyCollection<T> ?? [.. items];
        var isWanted = Fit(patterns);
        var names = all.Select(nameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var missing in patterns.Where(text => !WildcardPattern.ContainsWildcardCharacters(text) && !names.Contains(text)))
        {
            notFound(missing);
        }

        return all.Where(item => isWanted(nameOf(item)));
    }

    /// <summary>Tells whether a name fits one of the patterns.</summary>
    internal static Func<string, bool> Fit(string[] patterns)
    {
        var wanted = patterns.Select(text => new WildcardPattern(text, WildcardOptions.IgnoreCase)).ToArray();
        return name => wanted.Any(pattern => pattern.IsMatch(name));
    }
}
