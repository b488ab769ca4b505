namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Catalog;

/// <summary>What the readers of sections share while one document is read.</summary>
internal sealed class IniReading(FleetCatalog catalog, IniIssues issues)
{
    internal FleetCatalog Catalog { get; } = catalog;

    internal IniIssues Issues { get; } = issues;

    internal NameSuggester Suggester { get; } = new();
}
