namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Flow;
using Decnet.Shell.Operating;
using Decnet.Shell.Output;

/// <summary>Takes back orders of Suspend-DecnetDecky, so that deckies are repaired and rotated again.</summary>
/// <remarks>
/// <para>The order for the whole fleet and those for single deckies are orders of their own: -All takes back the former only, and a name
/// the one for this decky only. A warning tells of an order that still holds. That there was nothing to take back is no error.</para>
/// <para>A name that no decky has is an error with the id DeckyNotFound.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetDecky | Where-Object Suspended | Resume-DecnetDecky</code>
/// <para>Takes back the orders for single deckies.</para>
/// </example>
/// <example>
/// <code>Resume-DecnetDecky -All</code>
/// <para>Takes back the order for the whole fleet.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "DecnetDecky", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void), typeof(DeckyRow))]
public sealed class ResumeDecnetDeckyCommand : SuspensionCommand
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

    /// <summary>Takes back the order for the whole fleet of this host.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Emits the rows of the deckies, as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Resume";

    private protected override bool IsForAll => All;

    private protected override bool ShowsRows => PassThru;

    private protected override Task OrderAsync(string? name, IOutlet outlet, CancellationToken cancellationToken) =>
        Suspension.ResumeAsync(Session, name, outlet, cancellationToken);
}
