namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Catalogs;

/// <summary>Completes the names of archetypes.</summary>
public sealed class ArchetypeCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => CatalogEntries.Archetypes.Select(entry => entry.Name);
}
