namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class ReconcilePlannerTests
{
    [Fact]
    public void A_converged_host_gives_an_empty_plan()
    {
        var plan = new Scene().Plan(RepairMode.Recreate);

        Assert.True(plan.IsConverged);
        Assert.Empty(plan.Steps);
        Assert.Empty(plan.Strays);
    }

    [Fact]
    [Trait("Weakness", "L-1.1")]
    public void A_changed_configuration_of_a_known_decky_is_recorded()
    {
        var scene = new Scene();
        scene.Want(scene.Fleet.Deckies.Select(decky => decky.Name.Value == "decky-02" ? decky with { Hostname = "changed" } : decky));

        var step = Assert.Single(scene.Plan().Steps, step => step.Action == PlanAction.UpdateConfig);

        Assert.Equal("decky-02", step.DeckyName);
    }

    [Fact]
    [Trait("Weakness", "L-1.1")]
    public void A_row_with_another_address_or_other_services_is_corrected()
    {
        var scene = new Scene();
        scene.Rows[0] = scene.Rows[0] with { IPAddress = System.Net.IPAddress.Parse("198.18.9.9") };
        scene.Rows[1] = scene.Rows[1] with { Services = ["ftp"] };

        var plan = scene.Plan();

        Assert.Collection(
            plan.Steps,
            step => Assert.Contains("198.18.9.9", step.Reason, StringComparison.Ordinal),
            step => Assert.Contains("recorded were ftp", step.Reason, StringComparison.Ordinal));
        Assert.All(plan.Steps, step => Assert.Equal(PlanAction.UpdateConfig, step.Action));
    }

    [Fact]
    public void A_decky_without_a_row_is_inserted_with_its_observed_state()
    {
        var scene = new Scene();
        scene.Rows.RemoveAt(0);

        var step = Assert.Single(scene.Plan().Steps);

        Assert.Equal((PlanAction.Insert, DeckyState.Running), (step.Action, step.State));
    }

    [Fact]
    [Trait("Weakness", "L-2.1")]
    public void A_decky_is_inserted_as_pending_while_the_runtime_cannot_be_asked()
    {
        var scene = new Scene { Unreachable = "connection refused" };
        scene.Rows.RemoveAt(0);

        var plan = scene.Plan(RepairMode.Recreate);

        var step = Assert.Single(plan.Steps);
        Assert.Equal((PlanAction.Insert, DeckyState.Pending), (step.Action, step.State));
        Assert.Equal(HoldKind.RuntimeUnreachable, Assert.Single(plan.Holds).Kind);
    }

    [Fact]
    public void A_runtime_that_cannot_be_asked_changes_no_state()
    {
        var scene = new Scene { Unreachable = "timed out" };

        Assert.Empty(scene.Plan(RepairMode.Recreate).Steps);
    }

    [Fact]
    public void A_row_that_is_not_desired_is_deleted()
    {
        var scene = new Scene();
        scene.Want(scene.Fleet.Deckies.Skip(1));
        scene.Containers.RemoveAll(container => container.DeckyName == "decky-01");

        var step = Assert.Single(scene.Plan().Steps);

        Assert.Equal((PlanAction.Delete, "decky-01"), (step.Action, step.DeckyName));
    }

    [Fact]
    public void An_explicit_empty_fleet_empties_the_inventory()
    {
        var scene = new Scene();
        scene.Want();

        Assert.Equal(3, scene.Plan().Steps.Count(step => step.Action == PlanAction.Delete));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Weakness", "L-1.8")]
    [Trait("Weakness", "W-01")]
    public void Missing_or_corrupt_desired_state_holds_deletes_and_goes_on_with_states(bool corrupt)
    {
        var scene = new Scene
        {
            Desired = corrupt ? new DesiredState.Corrupt { Reason = "bad" } : new DesiredState.Missing { Reason = "gone" },
        };
        scene.Stop("decky-02-ssh", 137);

        var plan = scene.Plan(RepairMode.Recreate);

        var step = Assert.Single(plan.Steps);
        Assert.Equal((PlanAction.UpdateState, DeckyState.Degraded), (step.Action, step.State));
        Assert.Equal("decky-02-ssh exited with code 137", step.RowReason);
        Assert.Equal(corrupt ? HoldKind.DesiredCorrupt : HoldKind.DesiredMissing, Assert.Single(plan.Holds).Kind);
        Assert.False(plan.IsConverged);
    }

    [Theory]
    [InlineData("1", 2, true)]
    [InlineData("2", 2, false)]
    [InlineData("50%", 2, true)]
    [InlineData("67%", 2, false)]
    [InlineData("0", 1, true)]
    [InlineData("unlimited", 3, false)]
    public void Deletes_beyond_the_budget_are_held_and_listed(string budget, int deletes, bool held)
    {
        var scene = new Scene();
        scene.Want(scene.Fleet.Deckies.Skip(deletes));

        var plan = scene.Plan(new ReconcileOptions { MaxDeletions = DeletionBudget.Parse(budget), RemoveStrays = true, Repair = RepairMode.Recreate });

        Assert.Equal(held ? 0 : deletes, plan.Steps.Count(step => step.Action == PlanAction.Delete));
        Assert.Equal(held ? 0 : deletes * 3, plan.Steps.Count(step => step.Action == PlanAction.RemoveContainer));
        if (held)
        {
            Assert.Equal(deletes, Assert.Single(plan.Holds).Deckies.Count);
        }
    }

    [Fact]
    [Trait("Weakness", "L-1.3")]
    public void A_decky_with_an_open_operation_is_left_alone_until_its_deadline()
    {
        var scene = new Scene();
        scene.Rows[0] = scene.Rows[0] with { State = DeckyState.TearingDown };
        scene.Operations.Add(Sample.Operation("decky-01"));
        scene.Lose("decky-01-ssh");

        var plan = scene.Plan(RepairMode.Recreate);

        Assert.Empty(plan.Steps);
        Assert.Equal(HoldKind.OpenOperation, Assert.Single(plan.Holds).Kind);

        scene.Operations[0] = Sample.Operation("decky-01", Sample.Now);
        Assert.NotEmpty(scene.Plan(RepairMode.Recreate).Steps);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public void A_decky_of_another_host_is_none_of_our_business()
    {
        var other = Sample.Decky("far", "198.18.1.1") with { HostId = HostId.Parse("host-b") };
        var scene = new Scene();
        scene.Want([.. scene.Fleet.Deckies, other]);
        scene.Containers.Add(Sample.Containers(scene.Blueprints["decky-01"]).First() with { Id = "x", DeckyName = "far", HostId = "host-b" });

        var plan = scene.Plan(new ReconcileOptions { Repair = RepairMode.Recreate, RemoveStrays = true });

        Assert.True(plan.IsConverged);
        Assert.Empty(plan.Strays);
    }

    [Fact]
    [Trait("Weakness", "L-2.12")]
    public void A_stray_is_reported_and_removed_only_when_asked()
    {
        var scene = new Scene();
        scene.Containers.Add(Sample.Containers(scene.Blueprints["decky-01"]).First() with { Id = "stray", Name = "old-01", DeckyName = "old-01" });

        var reported = scene.Plan(RepairMode.Recreate);
        Assert.Equal("old-01", Assert.Single(reported.Strays).Name);
        Assert.Empty(reported.Steps);

        var removed = scene.Plan(new ReconcileOptions { RemoveStrays = true });
        Assert.Equal(PlanAction.RemoveContainer, Assert.Single(removed.Steps).Action);
    }

    [Fact]
    [Trait("Weakness", "L-2.12")]
    public void A_stray_is_never_removed_while_the_fleet_is_not_known()
    {
        var scene = new Scene { Desired = new DesiredState.Missing { Reason = "gone" } };
        scene.Rows.Clear();

        Assert.Empty(scene.Plan(new ReconcileOptions { RemoveStrays = true, Repair = RepairMode.Recreate }).Steps);
    }

    [Fact]
    public void A_decky_that_cannot_be_composed_is_held_alone()
    {
        var scene = new Scene();
        scene.Want(scene.Fleet.Deckies.Select(decky => decky.Name.Value == "decky-02" ? decky with { Services = ["gopher"] } : decky));

        var plan = scene.Plan(RepairMode.Recreate);

        Assert.Empty(plan.Steps);
        var hold = Assert.Single(plan.Holds);
        Assert.Equal(HoldKind.InvalidDecky, hold.Kind);
        Assert.Contains("gopher", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_snapshot_gives_the_same_plan()
    {
        var scene = new Scene();
        scene.Stop("decky-01");
        scene.Lose("decky-02-http");
        var shuffled = new Scene();
        shuffled.Stop("decky-01");
        shuffled.Lose("decky-02-http");
        shuffled.Containers.Reverse();

        var first = scene.Plan(RepairMode.Recreate);
        var second = shuffled.Plan(RepairMode.Recreate);

        Assert.Equal(first.Steps, second.Steps);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void Whatever_a_plan_depends_on_moves_its_fingerprint()
    {
        var original = new Scene().Plan().Fingerprint;
        var generation = new Scene();
        generation.Desired = Sample.Known(generation.Fleet, 2);
        var row = new Scene();
        row.Rows[0] = row.Rows[0] with { Revision = 2 };
        var container = new Scene();
        container.Change("decky-01-ssh", found => found with { Health = ContainerHealth.Unhealthy });
        var operation = new Scene();
        operation.Operations.Add(Sample.Operation("decky-03"));
        var unreachable = new Scene { Unreachable = "x" };

        string[] all = [original, .. new[] { generation, row, container, operation, unreachable }.Select(scene => scene.Plan().Fingerprint)];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_plan_survives_being_written_and_read()
    {
        var scene = new Scene();
        scene.Stop("decky-01");
        scene.Lose("decky-02-http");
        scene.Rows.RemoveAt(2);
        scene.Containers.Add(scene.Containers[1] with { Id = "stray", Name = "stray", DeckyName = "stranger", NetworkLost = true });
        var plan = scene.Plan(new ReconcileOptions { Repair = RepairMode.Recreate, MaxDeletions = DeletionBudget.OfShare(0.25) });

        var read = ReconcilePlanJson.Read(ReconcilePlanJson.Write(plan));

        Assert.Equal(plan.Steps, read.Steps);
        Assert.Equal(plan.Holds, read.Holds);
        Assert.Equal("stray", Assert.Single(read.Strays).Id);
        Assert.Equal(plan.Strays, read.Strays);
        Assert.Equal(plan.Options, read.Options);
        Assert.Equal(plan.Fingerprint, read.Fingerprint);
    }

    [Fact]
    public void A_converged_plan_allocates_nothing_per_decky()
    {
        var snapshot = new Scene(Sample.Deckies(1000)).Snapshot();
        ReconcilePlanner.Plan(snapshot);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var plan = ReconcilePlanner.Plan(snapshot);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(plan.IsConverged);
        Assert.InRange(allocated, 0, 2000);
    }
}
