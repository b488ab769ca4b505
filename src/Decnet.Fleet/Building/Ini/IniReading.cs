namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Catalog;

/// <summary>What the readers of sections share while one document is read.</summary>
internal sealed class IniReading(FleetCatalog catalog, IniIssues issues)
{
    int comparisonsLeft = 20_000;

    internal FleetCatalog Catalog { get; } = catalog;

    internal IniIssues Issues { get; } = issues;

    /// <summary>The known word that somebody probably meant. One document has a limited number of comparisons.</summary>
    internal string? Nearest(string word, IEnumerable<string> candidates) => Suggestion.Nearest(word, WithinBudget(candidates));

    IEnumerable<string> WithinBudget(IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (comparisonsLeft == 0)
            {
                yield break;
            }

            comparisonsLeft--;
            yield return candidate;
        }
    }
}
