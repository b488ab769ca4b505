namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Teardowns that ended before all containers were gone.</summary>
public sealed class ReconcilerTeardownTests : IDisposable
{
    readonly Lab lab = new();

    [Theory]
    [InlineData(DeckyState.TearingDown, RepairMode.Off)]
    [InlineData(DeckyState.TearingDown, RepairMode.Restart)]
    [InlineData(DeckyState.TeardownFailed, RepairMode.Off)]
    [Trait("Weakness", "L-2.6")]
    [Trait("Weakness", "L-1.3")]
    public async Task While_containers_remain_the_row_stays_and_says_which(DeckyState state, RepairMode repair)
    {
        await LeaveAsync(state, "decky-01-ssh");
        var before = (await lab.TransitionsAsync()).Length;
        var requests = lab.Runtime.Requests;

        await lab.PassAsync(repair);

        var row = await lab.RowAsync("decky-01");
        Assert.Equal(
            (DeckyState.TeardownFailed, "containers are still there: decky-01, decky-01-http"), (row.State, row.Reason));
        string[] told = state == DeckyState.TearingDown ? ["decky-01 state_changed teardown_failed"] : [];
        Assert.Equal(told, (await lab.TransitionsAsync())[before..]);
        var commits = lab.Store.Commits;
        Assert.True((await lab.PassAsync(repair)).IsConverged);
        Assert.Equal(commits, lab.Store.Commits);
        Assert.Equal(0, lab.Runtime.Requests.Since(requests).Mutating);
    }

    [Theory]
    [InlineData(DeckyState.TearingDown)]
    [InlineData(DeckyState.TeardownFailed)]
    [Trait("Weakness", "L-2.6")]
    public async Task Recreate_removes_what_remains_services_first_and_then_the_row(DeckyState state)
    {
        await LeaveAsync(state, "decky-01-ssh");

        var result = await lab.PassAsync();

        Assert.Equal(
            [PlanAction.RemoveContainer, PlanAction.RemoveContainer, PlanAction.Delete], result.Steps.Select(step => step.Step.Action));
        Assert.Equal(["decky-01-http", "decky-01", null], result.Steps.Select(step => step.Step.Container));
        Assert.Equal((1, 0), (result.Deleted, result.Repaired));
        Assert.DoesNotContain(lab.Runtime.Containers, container => container.Observed.DeckyName == "decky-01");
        Assert.DoesNotContain(await lab.Store.ListDeckiesAsync(), row => row.Name.Value == "decky-01");
        Assert.Equal("decky-01 deleted torn_down", (await lab.TransitionsAsync())[^1]);
        Assert.True((await lab.PassAsync()).IsConverged);
    }

    [Fact]
    public async Task Removing_strays_removes_what_a_teardown_left_too()
    {
        await LeaveAsync(DeckyState.TeardownFailed, "decky-01-ssh");

        var result = await lab.Reconciler.ReconcileAsync(new ReconcileOptions { RemoveStrays = true });

        Assert.Equal(1, result.Deleted);
        Assert.Equal(2, result.Steps.Count(step => step.Step.Action == PlanAction.RemoveContainer));
    }

    [Fact]
    [Trait("Weakness", "L-2.6")]
    public async Task What_cannot_be_removed_keeps_its_row()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        lab.Runtime.Fail(new RuntimeFault { Verb = RuntimeVerb.RemoveContainer, Target = "decky-01", Error = RuntimeError.Server, Times = 1 });

        var result = await lab.PassAsync();

        Assert.True(result.HasFailures);
        Assert.Equal(0, result.Deleted);
        var row = await lab.RowAsync("decky-01");
        Assert.Equal((DeckyState.TeardownFailed, "containers are still there: decky-01"), (row.State, row.Reason));
    }

    [Theory]
    [InlineData(DeckyState.TearingDown)]
    [InlineData(DeckyState.TeardownFailed)]
    public async Task Without_containers_the_row_is_deleted_like_any_other(DeckyState state)
    {
        await LeaveAsync(state, "decky-01-ssh", "decky-01-http", "decky-01");

        Assert.Equal(1, (await lab.PassAsync(RepairMode.Off)).Deleted);
    }

    [Fact]
    public async Task Only_rows_whose_containers_the_plan_removed_are_deleted_by_the_second_look()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        var runtime = new TamperedRuntime(lab.Runtime)
        {
            AfterRemoving = name => name == "decky-01" ? lab.File.SaveAsync(Sample.Fleet(Sample.Decky("decky-03", "198.18.0.4"))) : Task.CompletedTask,
        };
        using var reconciler = new Reconciler(lab.File, lab.Store, runtime, null, lab.Clock);

        var result = await reconciler.ReconcileAsync(Lab.Recreate with { MaxDeletions = DeletionBudget.OfCount(1) });

        Assert.Equal(1, result.Deleted);
        Assert.Equal(["decky-02", "decky-03"], (await lab.Store.ListDeckiesAsync()).Select(row => row.Name.Value));
    }

    [Fact]
    public async Task Over_the_deletion_budget_nothing_is_removed()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");

        var result = await lab.Reconciler.ReconcileAsync(Lab.Recreate with { MaxDeletions = DeletionBudget.OfCount(0) });

        Assert.Equal(HoldKind.DeletionBudget, Assert.Single(result.Holds).Kind);
        Assert.Equal(2, lab.Runtime.Containers.Count(container => container.Observed.DeckyName == "decky-01"));
        Assert.Equal(DeckyState.TeardownFailed, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    public async Task A_suspended_teardown_keeps_its_containers_and_its_row()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        await lab.Store.CommitAsync(
            [new StateChange.Suspend(new Suspension { HostId = HostId.Local, By = "alice", At = Sample.Now })], Sample.Now);

        var result = await lab.PassAsync();

        Assert.Equal(["decky-01"], Assert.Single(result.Holds).Deckies);
        Assert.Equal(DeckyState.TeardownFailed, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    [Trait("Weakness", "L-1.3")]
    public async Task A_teardown_under_way_is_left_alone()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        await lab.Store.CommitAsync([new StateChange.AddOperation(Sample.Operation("decky-01") with { Kind = OperationKind.Teardown })], Sample.Now);

        var result = await lab.PassAsync();

        Assert.Equal(HoldKind.OpenOperation, Assert.Single(result.Holds).Kind);
        Assert.Empty(result.Steps);
        Assert.Equal(DeckyState.TearingDown, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    public async Task While_the_runtime_cannot_be_asked_nothing_is_said_of_what_remains()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        lab.Runtime.Unreachable("the engine is away");

        var result = await lab.PassAsync();

        Assert.Empty(result.Steps);
        Assert.Equal(DeckyState.TearingDown, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    [Trait("Weakness", "L-1.3")]
    public async Task Without_a_fleet_file_a_teardown_stays_what_it_is()
    {
        await LeaveAsync(DeckyState.TearingDown, "decky-01-ssh");
        File.Delete(lab.File.Path);

        await lab.PassAsync();

        Assert.Equal(DeckyState.TearingDown, (await lab.RowAsync("decky-01")).State);
    }

    [Fact]
    public async Task A_decky_that_the_fleet_has_again_is_judged_like_any_other()
    {
        await LeaveAsync(DeckyState.TeardownFailed);
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(3)));

        await lab.PassAsync(RepairMode.Off);

        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-01")).State);
    }

    public void Dispose() => lab.Dispose();

    /// <summary>Tears decky-01 down as far as its row, the fleet file and some of its containers.</summary>
    async Task LeaveAsync(DeckyState state, params string[] removed)
    {
        await lab.DeployAsync(Sample.Deckies(3));
        var row = await lab.RowAsync("decky-01");
        await lab.Store.CommitAsync([new StateChange.UpdateDecky(row with { State = state })], Sample.Now);
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(3)[1..]));
        foreach (var name in removed)
        {
            lab.Runtime.RemoveBehindOurBack(name);
        }
    }
}
