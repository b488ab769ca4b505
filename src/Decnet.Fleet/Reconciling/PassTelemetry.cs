namespace Decnet.Fleet.Reconciling;

using System.Diagnostics;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Telemetry;

/// <summary>Measures one pass. A pass that ends without a result has failed, unless it was called off.</summary>
internal sealed class PassTelemetry(TimeProvider clock, CancellationToken cancellationToken) : IDisposable
{
    static readonly DeckyState[] States = Enum.GetValues<DeckyState>();

    readonly Activity? activity = FleetTelemetry.StartPass();
    readonly long started = clock.GetTimestamp();
    bool ended;

    internal void Ended(RecordedState before, ReconcileResult result)
    {
        ended = true;
        var outcome = OutcomeOf(result);
        FleetTelemetry.PassEnded(outcome, result.Duration);
        for (var i = 0; i < result.Steps.Count; i++)
        {
            FleetTelemetry.StepEnded(Token<PlanAction>.Of(result.Steps[i].Step.Action), Token<StepOutcome>.Of(result.Steps[i].Outcome));
        }

        for (var i = 0; i < result.Holds.Count; i++)
        {
            if (result.Holds[i].Kind == HoldKind.DeletionBudget)
            {
                FleetTelemetry.DeletesHeld(result.Holds[i].Deckies.Count);
            }
        }

        if (FleetTelemetry.CountsDeckies)
        {
            CountDeckies(before, result);
        }

        activity?.SetTag("steps", result.Steps.Count);
        FleetTelemetry.End(activity, outcome, result.HasFailures);
    }

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            FleetTelemetry.End(activity, "cancelled", failed: false);
            return;
        }

        FleetTelemetry.PassEnded("failed", clock.GetElapsedTime(started));
        FleetTelemetry.End(activity, "failed", failed: true);
    }

    static string OutcomeOf(ReconcileResult result) => result switch
    {
        { HasFailures: true } => "failed",
        { Holds.Count: > 0 } => "held",
        { Steps.Count: > 0 } => "changed",
        _ => "converged",
    };

    /// <summary>The rows as the pass left them: as it found them, with what it did to them.</summary>
    static void CountDeckies(RecordedState before, ReconcileResult result)
    {
        Span<int> counts = stackalloc int[States.Length];
        for (var i = 0; i < before.Rows.Count; i++)
        {
            counts[(int)before.Rows[i].State]++;
        }

        for (var i = 0; i < result.Steps.Count; i++)
        {
            if (result.Steps[i] is { Outcome: StepOutcome.Done, Step: { Action: PlanAction.Insert or PlanAction.Delete or PlanAction.UpdateState } step })
            {
                Add(counts, step.Action == PlanAction.Insert ? null : step.PreviousState, -1);
                Add(counts, step.Action == PlanAction.Delete ? null : step.State, 1);
            }
        }

        foreach (var state in States)
        {
            // Another process may have changed a row between the two looks of a pass that repairs.
            FleetTelemetry.DeckiesCounted(Token<DeckyState>.Of(state), Math.Max(0, counts[(int)state]));
        }
    }

    static void Add(Span<int> counts, DeckyState? state, int change)
    {
        if (state is { } known)
        {
            counts[(int)known] += change;
        }
    }
}
