namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Catalogs;
using Decnet.Shell.Output;

/// <summary>Lists the services that deckies can pretend to offer.</summary>
/// <remarks>
/// <para>Each service tells its ports and the settings that it takes. The entries are those that every fleet knows; a fleet may bring others of its own, which are not shown.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetService</code>
/// <para>Lists all.</para>
/// </example>
/// <example>
/// <code>(Get-DecnetService ssh).ConfigFields</code>
/// <para>Shows the settings of SSH.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetService")]
[OutputType(typeof(Service))]
public sealed class GetDecnetServiceCommand : CatalogCommand
{
    /// <summary>The names; all when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Name { get; set; }

    private protected override string[]? Wanted => Name;

    private protected override IReadOnlyList<object> Entries => CatalogEntries.Services;

    private protected override string Noun => "Service";
}
