namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

/// <summary>What holds for the plan of any host, however disturbed.</summary>
public sealed class ReconcilePlannerProperties
{
    static readonly Config Quiet = Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true);

    [Fact]
    public void Once_its_records_are_written_a_plan_has_none_left() => ForAnyHost((scene, random) =>
    {
        var options = Options(random);
        var snapshot = scene.Snapshot();
        var plan = ReconcilePlanner.Plan(snapshot, options);

        Write(scene, snapshot, plan);

        return scene.Plan(options).Steps.All(step => !step.IsRecord);
    });

    [Fact]
    public void An_unknown_fleet_never_deletes_inserts_or_repairs() => ForAnyHost((scene, random) =>
    {
        scene.Desired = random.Next(2) == 0 ? new DesiredState.Missing { Reason = "gone" } : new DesiredState.Corrupt { Reason = "bad" };

        return scene.Plan(Options(random)).Steps.All(step => step.Action is PlanAction.UpdateState or PlanAction.UpdateReason);
    });

    [Fact]
    public void A_runtime_that_cannot_be_asked_changes_no_state_and_no_container() => ForAnyHost((scene, random) =>
    {
        scene.Unreachable = "timed out";

        return scene.Plan(Options(random)).Steps.All(step =>
            step.Action is PlanAction.Insert or PlanAction.Delete or PlanAction.UpdateConfig
            && (step.Action != PlanAction.Insert || step.State == DeckyState.Pending));
    });

    [Fact]
    public void Containers_of_other_hosts_and_busy_deckies_are_never_touched() => ForAnyHost((scene, random) =>
    {
        var theirs = scene.Containers.Where(container => container.HostId == "host-b").Select(container => container.Id).ToHashSet();
        var busy = scene.Operations.Where(operation => operation.Deadline > Sample.Now).Select(operation => operation.DeckyName.Value).ToHashSet();

        return scene.Plan(Options(random)).Steps.All(step =>
            !busy.Contains(step.DeckyName) && (step.ContainerId is null || !theirs.Contains(step.ContainerId)));
    });

    [Fact]
    public void The_order_of_containers_makes_no_difference() => ForAnyHost((scene, random) =>
    {
        var options = Options(random);
        var first = scene.Plan(options);
        var shuffled = scene.Containers.ToArray();
        random.Shuffle(shuffled);
        scene.Containers.Clear();
        scene.Containers.AddRange(shuffled);
        var second = scene.Plan(options);

        return first.Fingerprint == second.Fingerprint
            && first.Steps.Where(step => step.IsRecord).SequenceEqual(second.Steps.Where(step => step.IsRecord))
            && first.Steps.ToHashSet().SetEquals(second.Steps);
    });

    [Fact]
    public void A_decky_that_does_not_run_is_repaired_or_held_or_left_to_the_engine() => ForAnyHost((scene, _) =>
    {
        var plan = scene.Plan(RepairMode.Recreate);
        var touched = plan.Steps.Where(step => !step.IsRecord).Select(step => step.DeckyName)
            .Concat(plan.Holds.SelectMany(hold => hold.Deckies)).ToHashSet();
        var waiting = scene.Containers.Where(container => container.State is ContainerState.Restarting or ContainerState.Removing)
            .Select(container => container.DeckyName).ToHashSet();
        var snapshot = scene.Snapshot();

        return snapshot.Index.Subjects.Select((subject, i) => (subject, i)).All(pair =>
            touched.Contains(pair.subject.Name.Value)
            || waiting.Contains(pair.subject.Name.Value)
            || DeckyJudge.StateOf(pair.subject, snapshot.Index.ContainersOf(pair.i)) == DeckyState.Running
            || scene.Containers.Any(container => container.DeckyName == pair.subject.Name.Value && container.Health == ContainerHealth.Unhealthy));
    });

    static void ForAnyHost(Func<Scene, Random, bool> property) =>
        Check.One(Quiet, Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            return property(Disturbed(random), random);
        }));

    static ReconcileOptions Options(Random random) => new()
    {
        Repair = (RepairMode)random.Next(3),
        RemoveStrays = random.Next(2) == 0,
        MaxDeletions = random.Next(3) == 0 ? DeletionBudget.OfCount(random.Next(3)) : DeletionBudget.Unlimited,
    };

    static Scene Disturbed(Random random)
    {
        var scene = new Scene(Sample.Deckies(1 + random.Next(6)));
        for (var i = scene.Containers.Count - 1; i >= 0; i--)
        {
            Disturb(scene, i, random);
        }

        scene.Rows.RemoveAll(_ => random.Next(6) == 0);
        for (var i = 0; i < scene.Rows.Count; i++)
        {
            scene.Rows[i] = random.Next(4) == 0 ? scene.Rows[i] with { State = (DeckyState)random.Next(7), Reason = "old" } : scene.Rows[i];
        }

        if (random.Next(3) == 0)
        {
            scene.Want(scene.Fleet.Deckies.Where(_ => random.Next(3) != 0).Select(decky => random.Next(3) == 0 ? decky with { Services = ["ftp"] } : decky));
        }

        if (random.Next(3) == 0)
        {
            scene.Operations.Add(Sample.Operation("decky-01", Sample.Now.AddMinutes(random.Next(2) == 0 ? 5 : -5)));
        }

        return scene;
    }

    static void Disturb(Scene scene, int at, Random random)
    {
        var container = scene.Containers[at];
        switch (random.Next(12))
        {
            case 0:
                scene.Containers.RemoveAt(at);
                break;
            case 1:
                scene.Containers[at] = container with { State = (ContainerState)random.Next(8), ExitCode = random.Next(3) };
                break;
            case 2:
                scene.Containers[at] = container with { ConfigHash = random.Next(2) == 0 ? null : "d1-other" };
                break;
            case 3:
                scene.Containers[at] = container with { NetworkContainerId = "gone", Health = (ContainerHealth)random.Next(4) };
                break;
            case 4:
                scene.Containers.Add(container with { Id = container.Id + "-2", Name = container.Name + "-old-1" });
                break;
            case 5:
                scene.Containers.Add(container with { Id = container.Id + "-b", HostId = random.Next(2) == 0 ? "host-b" : null, DeckyName = "foreign" });
                break;
            case 6:
                scene.Containers[at] = container with { NetworkLost = true };
                break;
            default:
                break;
        }
    }

    static void Write(Scene scene, FleetSnapshot snapshot, ReconcilePlan plan)
    {
        foreach (var change in RecordChanges.Of(snapshot, plan, new HashSet<string>()).Changes)
        {
            switch (change)
            {
                case StateChange.InsertDecky insert:
                    scene.Rows.Add(insert.Row);
                    break;
                case StateChange.UpdateDecky update:
                    scene.Rows[scene.Rows.FindIndex(row => row.Name == update.Row.Name)] = update.Row;
                    break;
                case StateChange.DeleteDecky delete:
                    scene.Rows.RemoveAll(row => row.Name == delete.Name);
                    break;
            }
        }
    }
}
