namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;

/// <summary>Brings rows, and on request containers, in line with the fleet file: once, by a plan, or continuously.</summary>
/// <remarks>
/// <para>Without -Plan, a plan is made first. With it, exactly that plan is carried out. Either way -WhatIf and -Confirm ask for each decky
/// with all that would be done to it. What is declined is left out, and the rest is done. With nothing to do, nothing is asked, and the
/// result says so.</para>
/// <para>A pass that is held, because the fleet file is missing or the engine cannot be reached, is no error: the result says Held, and a
/// warning tells why. Nothing is deleted then.</para>
/// <para>Errors: PlanStale, when something changed after the plan was made: nothing was done, make a new plan. RepairFailed, for each decky
/// whose containers could not be brought back: the others are repaired all the same, and a later pass tries again.</para>
/// <para>With -Continuous it works as decnetd reconcile does, in this session: a pass at once, then one whenever the fleet file or a container
/// changes, and one after each interval. It puts out the result of every pass that did something or was held. Ctrl+C ends it within a second;
/// so does Stop-DecnetWorker. As a worker it is called pwsh- and the process id.</para>
/// </remarks>
/// <example>
/// <code>Invoke-DecnetReconcile -Repair Restart</code>
/// <para>Makes one pass that also starts stopped containers.</para>
/// </example>
/// <example>
/// <code>$plan = Get-DecnetPlan -Repair Recreate -MaxDeletions 20%
/// $plan.Steps
/// $plan | Invoke-DecnetReconcile -Confirm</code>
/// <para>Looks at a plan, and carries it out decky by decky as one agrees.</para>
/// </example>
/// <example>
/// <code>Invoke-DecnetReconcile -Continuous -Repair Recreate -Interval 0:01:00</code>
/// <para>Keeps the fleet as it should be until it is stopped.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DecnetReconcile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = OnceSet)]
[OutputType(typeof(ReconcileResult))]
public sealed class InvokeDecnetReconcileCommand : DecnetCommand
{
    const string OnceSet = "Once";
    const string PlanSet = "Plan";
    const string ContinuousSet = "Continuous";

    /// <summary>The plan to carry out, from Get-DecnetPlan.</summary>
    [Parameter(ParameterSetName = PlanSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ReconcilePlan? Plan { get; set; }

    /// <summary>How far the pass may go to bring containers back: Off mirrors states into rows and touches no container; Restart starts those
    /// that are there and stopped; Recreate also makes missing ones, replaces changed ones and removes those that a decky no longer has.</summary>
    /// <value>Off</value>
    [Parameter(ParameterSetName = OnceSet)]
    [Parameter(ParameterSetName = ContinuousSet)]
    [ValidateSet("Off", "Restart", "Recreate")]
    public string Repair { get; set; } = "Off";

    /// <summary>How many rows a pass may delete: a number, a share of the rows such as '20%', or unlimited. Over it, none is deleted, and the pass is held.</summary>
    /// <value>unlimited</value>
    [Parameter(ParameterSetName = OnceSet)]
    [Parameter(ParameterSetName = ContinuousSet)]
    [ValidateNotNullOrEmpty]
    public string? MaxDeletions { get; set; }

    /// <summary>Removes containers that carry our labels and belong to no decky of the fleet.</summary>
    [Parameter(ParameterSetName = OnceSet)]
    [Parameter(ParameterSetName = ContinuousSet)]
    public SwitchParameter RemoveStrays { get; set; }

    /// <summary>Goes on until it is stopped.</summary>
    [Parameter(ParameterSetName = ContinuousSet, Mandatory = true)]
    public SwitchParameter Continuous { get; set; }

    /// <summary>How long after a pass the next one begins when nothing happens, 1 second to 1 day.</summary>
    /// <value>30 seconds</value>
    [Parameter(ParameterSetName = ContinuousSet)]
    public TimeSpan? Interval { get; set; }

    /// <summary>Carries out a plan.</summary>
    protected override void ProcessRecord()
    {
        if (Plan is { } plan)
        {
            Apply(plan, mayRemake: false);
        }
    }

    /// <summary>Makes a pass, or passes until it is stopped.</summary>
    protected override void EndProcessing()
    {
        if (ParameterSetName == PlanSet)
        {
            return;
        }

        var request = new PassRequest { Repair = Repair, MaxDeletions = MaxDeletions, RemoveStrays = RemoveStrays };
        if (!Continuous)
        {
            Apply(Await(token => FleetPlans.MakeAsync(Session, request, token)), mayRemake: true);
        }
        else if (ShouldProcess("the fleet of this host", $"reconcile continuously, repair {Repair}"))
        {
            Drain((outlet, token) => ContinuousPasses.RunAsync(Session, request, Interval, $"pwsh-{Environment.ProcessId}", outlet, token));
        }
    }

    void Apply(ReconcilePlan plan, bool mayRemake)
    {
        var deckies = plan.Steps.GroupBy(step => step.DeckyName, StringComparer.Ordinal).ToArray();
        var agreed = deckies.Where(steps => ShouldProcess($"decky {steps.Key}", string.Join(", ", steps.Select(Text)))).Select(steps => steps.Key).ToArray();
        if (agreed.Length == 0 && deckies.Length > 0)
        {
            return;
        }

        var part = agreed.Length == deckies.Length ? plan : plan.Only(agreed);
        DrainItem(plan, (outlet, token) => FleetPlans.ApplyAsync(Session, part, mayRemake, outlet, token));
    }

    static string Text(PlanStep step) => step.Container is null ? step.Action : $"{step.Action} {step.Container}";
}
