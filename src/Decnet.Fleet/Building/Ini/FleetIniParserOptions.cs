namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Catalog;

/// <summary>How <see cref="FleetIniParser"/> reads a document.</summary>
public sealed record FleetIniParserOptions
{
    /// <summary>What the document is called in messages.</summary>
    /// <value>Default: null, which is the path for a file and <c>INI</c> for a text.</value>
    public string? Source { get; init; }

    /// <summary>The services that <c>[decky.service]</c> sections may set, besides those that the document defines.</summary>
    /// <value>Default: <see cref="FleetCatalog.BuiltIn"/>.</value>
    public FleetCatalog Catalog { get; init; } = FleetCatalog.BuiltIn;
}
