namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;

/// <summary>Looks up entries of the catalog by name.</summary>
public abstract class CatalogCommand : DecnetCommand
{
    /// <summary>The names that were asked for; null for all.</summary>
    private protected abstract string[]? Wanted { get; }

    /// <summary>The entries there are.</summary>
    private protected abstract IReadOnlyList<object> Entries { get; }

    /// <summary>What an entry is, for the error about one that there is not.</summary>
    private protected abstract string Noun { get; }

    /// <summary>Looks up.</summary>
    protected sealed override void ProcessRecord()
    {
        WriteObject(NamePattern.Select(Entries, NameOf, Wanted, name => Fail(Faults.NotFound(Noun, name, Entries.Select(NameOf)))), enumerateCollection: true);
    }

    static string NameOf(object entry) => entry.ToString()!;
}
