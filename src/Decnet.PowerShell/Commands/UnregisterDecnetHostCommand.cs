namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.PowerShell.Binding;
using Decnet.Shell.Hosts;
using Decnet.Shell.Output;

/// <summary>Takes hosts out of the fleet: their certificates are revoked, and the master forgets them.</summary>
/// <remarks>
/// <para>A host that deckies are placed on is an error with the id HostInUse: remove the deckies first. With -Force they go from the fleet
/// and from the records, and what runs on the host runs on, with nobody to look after it: that is for hosts that are gone for good.</para>
/// <para>With -SelfDestruct, the host is told to remove itself: its deckies first, then exactly what its install manifest lists. Logs are kept.
/// Its agent says what that is before anybody is asked, also with -WhatIf; while something cannot be removed, nothing is begun. Then its last
/// words are waited for, which decnetd master takes. Errors: SelfDestructFailed, when something is left; SelfDestructTimeout, when nothing was heard
/// in time; HostUnreachable, when the agent does not answer.</para>
/// <para>Each host is asked for, unless -Confirm:$false is given. A name that no host has is an error with the id HostNotFound.</para>
/// </remarks>
/// <example>
/// <code>Unregister-DecnetHost rack1-host</code>
/// <para>Takes a host without deckies out of the fleet, after a question.</para>
/// </example>
/// <example>
/// <code>Get-DecnetHost -Status lost | Unregister-DecnetHost -Force -Confirm:$false -PassThru</code>
/// <para>Gives up all hosts that are lost, with their deckies, and shows them as they were.</para>
/// </example>
/// <example>
/// <code>Unregister-DecnetHost rack1-host -SelfDestruct -Timeout 00:02:00</code>
/// <para>Lets a host remove its deckies and itself, and waits two minutes for its last words.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "DecnetHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ForgetSet)]
[OutputType(typeof(void), typeof(FleetHost))]
public sealed class UnregisterDecnetHostCommand : HostNamesCommand
{
    const string ForgetSet = "Forget";
    const string DestroySet = "Destroy";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The names of the hosts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Also a host that deckies are placed on: they go from the fleet and from the records.</summary>
    [Parameter(ParameterSetName = ForgetSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Lets the host remove its deckies, and then its agent with all that was installed.</summary>
    [Parameter(ParameterSetName = DestroySet, Mandatory = true)]
    public SwitchParameter SelfDestruct { get; set; }

    /// <summary>How long to wait for the last words of each host.</summary>
    /// <value>Five minutes</value>
    [Parameter(ParameterSetName = DestroySet)]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Emits the hosts, as they were. Without it, nothing is emitted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Takes them out.</summary>
    protected override void ProcessRecord()
    {
        foreach (var host in Select(Name))
        {
            if (SelfDestruct)
            {
                Destroy(host);
            }
            else if (ShouldProcess(host.Name, Force && host.Deckies > 0 ? $"Unregister, and give up its deckies ({host.Deckies})" : "Unregister"))
            {
                DrainItem(host.Name, (outlet, token) => Unregistration.RunAsync(Session, host.HostId, Force, PassThru, outlet, token));
            }
        }
    }

    void Destroy(FleetHost host)
    {
        SelfDestruction? asked = null;
        DrainItem(host.Name, async (_, token) => asked = await Unregistration.AskAsync(Session, host, token).ConfigureAwait(false));
        if (asked is { } destruction && ShouldProcess(host.Name, $"Destroy: remove {string.Join(", ", destruction.Removes)}"))
        {
            DrainItem(host.Name, (outlet, token) => destruction.RunAsync(Timeout ?? Patience, PassThru, outlet, token));
        }
    }
}
