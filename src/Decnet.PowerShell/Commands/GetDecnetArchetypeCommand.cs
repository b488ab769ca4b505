namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Catalogs;
using Decnet.Shell.Output;

/// <summary>Lists the roles that deckies can play.</summary>
/// <remarks>
/// <para>An archetype says which services a decky has and what it looks like. The entries are those that every fleet knows; a fleet may bring others of its own, which are not shown.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetArchetype</code>
/// <para>Lists all.</para>
/// </example>
/// <example>
/// <code>Get-DecnetArchetype *linux* | Format-Table Name, Services</code>
/// <para>Shows the Linux roles with their services.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetArchetype")]
[OutputType(typeof(Archetype))]
public sealed class GetDecnetArchetypeCommand : CatalogCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ArchetypeCompleter))]
    public string[]? Name { get; set; }

    private protected override string[]? Wanted => Name;

    private protected override IReadOnlyList<object> Entries => CatalogEntries.Archetypes;

    private protected override string Noun => "Archetype";
}
