namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Operating;
using Decnet.Shell.Output;

/// <summary>Gives deckies other services, and emits one operation for each when it ends.</summary>
/// <remarks>
/// <para>Without -Service, chance chooses among what suits the archetype of a decky, or among all services if it has none. Address, name
/// and looks stay. No more deckies change at the same time than the exposure budget allows, so that most of the fleet is always there.</para>
/// <para>The fleet file is written first; if the containers of a decky cannot be brought up, it gets its former services back, and its
/// operation fails: an error with the id OperationFailed. A decky that has the services already, or that nothing else suits, is
/// told by a warning and emits nothing. A name that the fleet does not have is an error with the id DeckyNotFound.</para>
/// </remarks>
/// <example>
/// <code>Invoke-DecnetMutation -Name web-01 -Service http, ftp</code>
/// <para>Lets web-01 offer HTTP and FTP, and nothing else.</para>
/// </example>
/// <example>
/// <code>Get-DecnetDecky web-* | Invoke-DecnetMutation -PassThru</code>
/// <para>Gives all web servers other services by chance, and shows them after the operations.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DecnetMutation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Operation), typeof(Decky))]
public sealed class InvokeDecnetMutationCommand : DeckyNamesCommand
{
    /// <summary>The names of the deckies.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeckyCompleter))]
    [Alias("DeckyName")]
    public override string[]? Name { get; set; }

    /// <summary>The services that each of them gets; a choice by chance when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Emits the deckies that were changed, as they are described now, after the operations.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes the services.</summary>
    protected override void EndProcessing()
    {
        var action = Service is null ? "Change services by chance" : $"Change services to {string.Join(", ", Service)}";
        string[] agreed = [.. Select(Await(token => Mutation.NamesAsync(Session, token))).Where(name => ShouldProcess(name, action))];
        if (agreed.Length > 0)
        {
            Drain((outlet, token) => Mutation.RunAsync(Session, agreed, Service, PassThru, outlet, token));
        }
    }
}
