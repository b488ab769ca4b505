namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Operating;
using Decnet.Shell.Output;

/// <summary>Orders deckies, or the whole fleet of this host, to be left alone: no repair and no rotation of services.</summary>
/// <remarks>
/// <para>The order holds until Resume-DecnetDecky takes it back, also beyond a restart of workers. Containers are not touched, rows are
/// kept up to date, and what people ask for themselves, such as Deploy-DecnetFleet, is done all the same.</para>
/// <para>The order for the whole fleet holds for deckies that come later too. A name that no decky has is an error with the id
/// DeckyNotFound.</para>
/// </remarks>
/// <example>
/// <code>Suspend-DecnetDecky web-* -Reason 'forensics'</code>
/// <para>Leaves the web servers as they are.</para>
/// </example>
/// <example>
/// <code>Suspend-DecnetDecky -All -Reason 'network maintenance' -PassThru</code>
/// <para>Leaves the whole fleet alone, and shows it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Suspend, "DecnetDecky", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void), typeof(DeckyRow))]
public sealed class SuspendDecnetDeckyCommand : SuspensionCommand
{
    const string NameSet = "Name";
    const string AllSet = "All";

    /// <summary>The names of the deckies.</summary>
    [Parameter(ParameterSetName = NameSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    [Alias("DeckyName")]
    public override string[]? Name { get; set; }

    /// <summary>Leaves the whole fleet of this host alone.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Why, for those who look later.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Emits the rows of the deckies that are left alone.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Suspend";

    private protected override bool IsForAll => All;

    private protected override bool ShowsRows => PassThru;

    private protected override Task OrderAsync(string? name, IOutlet outlet, CancellationToken cancellationToken) =>
        Suspension.SuspendAsync(Session, name, Reason, cancellationToken);
}
