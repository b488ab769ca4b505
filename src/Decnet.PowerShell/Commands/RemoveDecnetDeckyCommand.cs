namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Operating;
using Decnet.Shell.Output;

/// <summary>Removes deckies: their containers, their rows and their place in the fleet.</summary>
/// <remarks>
/// <para>The fleet file forgets the deckies first, so that nothing brings them back; then their containers go, and their rows. With the
/// last decky of the fleet, its network goes too. Leftovers can be removed as well: rows or containers of deckies that no fleet has any
/// more. Steps that are done already, such as the removal of a container by hand, are no errors.</para>
/// <para>On the machine of a master, deckies of other hosts are removed by their hosts, and -All means the deckies of all hosts.</para>
/// <para>Each decky is asked for, and -All asks once for the whole fleet. -Force asks nothing, as scripts need it; with -WhatIf,
/// nothing is removed in any case.</para>
/// <para>A name that nothing has is an error with the id DeckyNotFound; a decky that could not be removed is one with the id
/// OperationFailed, and it can be removed again. The others go on.</para>
/// </remarks>
/// <example>
/// <code>Remove-DecnetDecky web-01, web-02</code>
/// <para>Removes two deckies, after a question for each.</para>
/// </example>
/// <example>
/// <code>Get-DecnetDecky -State failed | Remove-DecnetDecky -Force -PassThru</code>
/// <para>Removes all that have failed without a question, and shows how that went.</para>
/// </example>
/// <example>
/// <code>Remove-DecnetDecky -All -Force</code>
/// <para>Tears the whole fleet down, with its network.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "DecnetDecky", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void), typeof(Operation))]
public sealed class RemoveDecnetDeckyCommand : DeckyNamesCommand
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

    /// <summary>Removes the whole fleet, whatever is left of it, and its network: that of this host, and on the machine of a master those of all hosts.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Asks nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the operations. Without it, nothing is emitted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    bool IsRehearsal => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Removes.</summary>
    protected override void EndProcessing()
    {
        var scope = Await(token => Removal.FindAsync(Session, token));
        if (All)
        {
            if (Agrees(scope.Whole))
            {
                Drain((outlet, token) => Removal.RunAsync(Session, null, PassThru, outlet, token));
            }

            return;
        }

        string[] agreed = [.. Select(scope.Names).Where(Agrees)];
        if (agreed.Length > 0)
        {
            Drain((outlet, token) => Removal.RunAsync(Session, agreed, PassThru, outlet, token));
        }
    }

    bool Agrees(string target) => (Force && !IsRehearsal) || ShouldProcess(target, "Remove");
}
