namespace Decnet.PowerShell.Binding;

using Decnet.Shell.Catalogs;

/// <summary>Completes the names of services.</summary>
public sealed class ServiceCompleter : NameCompleter
{
    private protected override IEnumerable<string> Names() => CatalogEntries.Services.Select(entry => entry.Name);
}
