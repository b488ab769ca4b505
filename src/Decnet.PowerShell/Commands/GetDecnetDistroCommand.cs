namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Catalogs;
using Decnet.Shell.Output;

/// <summary>Lists the Linux distributions that deckies can be made of.</summary>
/// <remarks>
/// <para>A distribution says which image the base container of a decky has. The entries are those that every fleet knows; a fleet may bring others of its own, which are not shown.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetDistro</code>
/// <para>Lists all.</para>
/// </example>
/// <example>
/// <code>Get-DecnetDistro debian*</code>
/// <para>Shows the Debian ones.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetDistro")]
[OutputType(typeof(Distro))]
public sealed class GetDecnetDistroCommand : CatalogCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DistroCompleter))]
    public string[]? Name { get; set; }

    private protected override string[]? Wanted => Name;

    private protected override IReadOnlyList<object> Entries => CatalogEntries.Distros;

    private protected override string Noun => "Distro";
}
