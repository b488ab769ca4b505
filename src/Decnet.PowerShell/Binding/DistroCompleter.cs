namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Catalogs;

/// <summary>Completes the names of distros.</summary>
public sealed class DistroCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => CatalogEntries.Distros.Select(entry => entry.Name);
}
