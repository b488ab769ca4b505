namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;

/// <summary>Makes the plan of a reconciling pass, and does nothing.</summary>
/// <remarks>
/// <para>A pass compares the fleet file with the recorded rows and with the containers. The plan lists the steps that would bring rows, and
/// with -Repair containers, in line with the file, in the order in which they would be done, each with its reason. What is held back, and
/// why, is in Holds: a missing fleet file or an engine that cannot be reached is a hold and no error, since nothing would be done then.</para>
/// <para>Nothing is written, and no container is touched. The plan can be given to Invoke-DecnetReconcile later. It is refused there when
/// fleet, rows, operations or containers have changed in between.</para>
/// </remarks>
/// <example>
/// <code>(Get-DecnetPlan -Repair Recreate).Steps</code>
/// <para>Shows what a pass would do that may do everything.</para>
/// </example>
/// <example>
/// <code>$plan = Get-DecnetPlan -Repair Restart; $plan.Only('web-01', 'web-02') | Invoke-DecnetReconcile</code>
/// <para>Carries out the part of a plan that concerns two deckies.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetPlan")]
[OutputType(typeof(ReconcilePlan))]
public sealed class GetDecnetPlanCommand : DecnetCommand
{
    /// <summary>How far the pass may go to bring containers back: Off mirrors states into rows and touches no container; Restart starts those
    /// that are there and stopped; Recreate also makes missing ones, replaces changed ones and removes those that a decky no longer has.</summary>
    /// <value>Off</value>
    [Parameter(Position = 0)]
    [ValidateSet("Off", "Restart", "Recreate")]
    public string Repair { get; set; } = "Off";

    /// <summary>How many rows the pass may delete: a number, a share of the rows such as '20%', or unlimited. Over it, none is deleted.</summary>
    /// <value>unlimited</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MaxDeletions { get; set; }

    /// <summary>Removes containers that carry our labels and belong to no decky of the fleet. Without it, they are only listed in Strays.</summary>
    [Parameter]
    public SwitchParameter RemoveStrays { get; set; }

    /// <summary>Makes the plan.</summary>
    protected override void EndProcessing()
    {
        var request = new PassRequest { Repair = Repair, MaxDeletions = MaxDeletions, RemoveStrays = RemoveStrays };
        WriteObject(Await(token => FleetPlans.MakeAsync(Session, request, token)));
    }
}
