namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Makes plans, and applies them.</summary>
public static class FleetPlans
{
    /// <summary>How often a plan is made again that is out of date although it would do the same.</summary>
    const int Attempts = 5;

    /// <summary>Makes the plan of a pass. Nothing is changed, and nothing is made on disk.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="request">What the pass may do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="FaultException">The request is wrong.</exception>
    public static async Task<Output.ReconcilePlan> MakeAsync(DecnetSession session, PassRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        var options = request.ToOptions();
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        return new Output.ReconcilePlan(await fleet.Reconciler.PlanAsync(options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Carries out a plan, and puts out its result. A plan that is out of date is a fault, and changes nothing.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="mayRemake">
    /// Whether a plan that is out of date is made anew, and carried out if it has the same steps: what somebody agreed to, and nothing else.
    /// </param>
    /// <param name="outlet">Takes the result, warnings and faults.</param>
    /// <param name="cancellationToken">Stops before the next step; what is done stays done.</param>
    /// <returns>A task that ends when the plan is carried out.</returns>
    public static async Task ApplyAsync(
        DecnetSession session, Output.ReconcilePlan plan, bool mayRemake, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(outlet);

        // A plan without steps writes nothing, and must not make a database either.
        var access = plan.Planned.Steps.Count == 0 ? StoreAccess.Read : StoreAccess.Write;
        var fleet = await session.OpenAsync(access, cancellationToken).ConfigureAwait(false);
        try
        {
            PassReport.Write(await ApplyAsync(fleet.Reconciler, plan.Planned, mayRemake ? Attempts : 1, cancellationToken).ConfigureAwait(false), outlet);
        }
        catch (PlanStaleException error)
        {
            outlet.Fail(new Fault("PlanStale", FaultCategory.InvalidOperation, error.Message, plan, error));
        }
    }

    static async Task<ReconcileResult> ApplyAsync(Reconciler reconciler, ReconcilePlan plan, int attempts, CancellationToken cancellationToken)
    {
        var current = plan;
        while (true)
        {
            try
            {
                return await reconciler.ApplyAsync(current, cancellationToken).ConfigureAwait(false);
            }
            catch (PlanStaleException) when (--attempts > 0)
            {
                current = await reconciler.PlanAsync(plan.Options, cancellationToken).ConfigureAwait(false);
                current = plan.Scope is { } scope ? current.Only(scope) : current;
                if (!current.Steps.Equals(plan.Steps))
                {
                    throw;
                }
            }
        }
    }
}
