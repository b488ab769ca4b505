namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Turns a snapshot into a plan (DESIGN section 5). Pure: no I/O, no clock, no chance; the same snapshot gives the same
/// plan. Its cost is linear in deckies, rows and containers, and a converged snapshot costs no allocation per decky.
/// </summary>
public static class ReconcilePlanner
{
    /// <summary>Makes the plan of a pass.</summary>
    /// <param name="snapshot">What there is.</param>
    /// <param name="options">What the pass may do; null for the defaults.</param>
    /// <returns>The plan.</returns>
    public static ReconcilePlan Plan(FleetSnapshot snapshot, ReconcileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Plan(snapshot, options ?? new ReconcileOptions(), null);
    }

    /// <summary>Makes the plan of a pass that deletes no other rows than those named; null for any.</summary>
    internal static ReconcilePlan Plan(FleetSnapshot snapshot, ReconcileOptions options, IReadOnlySet<string>? mayDelete)
    {
        var draft = new PlanDraft(snapshot, options, mayDelete);
        draft.HoldWhatIsUnknown();
        for (var i = 0; i < snapshot.Index.Subjects.Length; i++)
        {
            draft.Judge(i);
        }

        draft.DeleteUnwanted();
        draft.ReportStrays();
        return draft.ToPlan();
    }
}
