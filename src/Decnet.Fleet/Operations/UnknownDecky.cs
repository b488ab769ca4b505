namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>What to say about a name that no decky has.</summary>
internal static class UnknownDecky
{
    internal static FleetIssue Issue(DeckyName name, IEnumerable<DeckyName> known) => FleetIssue.Error(
        "unknown-decky",
        $"There is no decky '{name}'.",
        Suggestion.Fix(name.Value, known.Select(other => other.Value).Take(Suggestion.MaxCandidates).Order(StringComparer.Ordinal)),
        name.Value);
}
