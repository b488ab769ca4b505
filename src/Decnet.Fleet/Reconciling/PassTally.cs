namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Counts what a pass does while it does it. Only what was committed counts.</summary>
internal sealed class PassTally(ReconcilePlan plan)
{
    readonly List<ExecutedStep> steps = [];
    int inserted;
    int deleted;
    int stateUpdated;
    int configUpdated;

    internal int Repaired { get; set; }

    internal void Add(IEnumerable<ExecutedStep> executed) => steps.AddRange(executed);

    internal void Add(RecordChanges records, CommitResult commit)
    {
        for (var i = 0; i < records.Steps.Count; i++)
        {
            foreach (var step in records.Steps[i])
            {
                steps.Add(new ExecutedStep(step, commit.Applied[i] ? StepOutcome.Done : StepOutcome.Skipped));
                if (commit.Applied[i])
                {
                    Count(step.Action);
                }
            }
        }
    }

    internal ReconcileResult ToResult() => new()
    {
        Plan = plan,
        Steps = [.. steps],
        Inserted = inserted,
        Deleted = deleted,
        StateUpdated = stateUpdated,
        ConfigUpdated = configUpdated,
        Repaired = Repaired,
    };

    void Count(PlanAction action)
    {
        inserted += action == PlanAction.Insert ? 1 : 0;
        deleted += action == PlanAction.Delete ? 1 : 0;
        stateUpdated += action == PlanAction.UpdateState ? 1 : 0;
        configUpdated += action == PlanAction.UpdateConfig ? 1 : 0;
    }
}
