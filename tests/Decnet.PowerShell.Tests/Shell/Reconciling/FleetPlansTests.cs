namespace Decnet.PowerShell.Tests.Shell.Reconciling;

using Decnet.Shell.Flow;
using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class FleetPlansTests : IAsyncLifetime
{
    static readonly PassRequest Recreate = new() { Repair = "Recreate" };

    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task Making_a_plan_on_nothing_makes_no_folder_and_says_that_it_is_held()
    {
        var plan = await FleetPlans.MakeAsync(lab.Session, new PassRequest(), default);
        await FleetPlans.ApplyAsync(lab.Session, plan, mayRemake: true, lab.Outlet, default);

        Assert.Equal("desired_missing", Assert.Single(plan.Holds).Kind);
        Assert.True(Assert.Single(lab.Outlet.Of<ReconcileResult>()).Held);
        Assert.Contains("desired_missing", Assert.Single(lab.Outlet.Warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(lab.StateDirectory));
    }

    [Fact]
    public async Task A_plan_tells_its_steps_in_words_and_repairs_when_it_is_applied()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        (await lab.RuntimeAsync()).Crash("decky-01-ssh", 137);

        var plan = await FleetPlans.MakeAsync(lab.Session, Recreate, default);
        Assert.Equal(["update_state decky-01", "start_container decky-01-ssh"], plan.Steps.Select(step => step.ToString()));
        Assert.Equal(("running", "degraded"), (plan.Steps[0].PreviousState, plan.Steps[0].State));
        await FleetPlans.ApplyAsync(lab.Session, plan, mayRemake: false, lab.Outlet, default);

        var result = Assert.Single(lab.Outlet.Of<ReconcileResult>());
        Assert.Equal(1, result.Repaired);
        Assert.All(result.Steps, step => Assert.Equal("done", step.Outcome));
        Assert.Empty(lab.Outlet.Faults);
    }

    [Fact]
    public async Task A_plan_that_is_out_of_date_is_a_fault_and_changes_nothing()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var runtime = await lab.RuntimeAsync();
        runtime.Crash("decky-01-ssh");
        var plan = await FleetPlans.MakeAsync(lab.Session, Recreate, default);
        runtime.Crash("decky-02-ssh");
        var changes = runtime.Requests.Mutating;

        await FleetPlans.ApplyAsync(lab.Session, plan, mayRemake: false, lab.Outlet, default);

        Assert.Equal(("PlanStale", FaultCategory.InvalidOperation), Assert.Single(lab.Outlet.Faults) is var fault ? (fault.Id, fault.Category) : default);
        Assert.Empty(lab.Outlet.Results);
        Assert.Equal(changes, runtime.Requests.Mutating);
    }

    [Fact]
    public async Task A_plan_that_may_be_made_again_is_carried_out_when_it_still_has_the_same_steps_and_not_otherwise()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var runtime = await lab.RuntimeAsync();
        runtime.Crash("decky-01-ssh");
        runtime.Crash("decky-02-ssh");
        var part = (await FleetPlans.MakeAsync(lab.Session, Recreate, default)).Only("decky-01");
        runtime.RemoveBehindOurBack("decky-02-ssh");

        await FleetPlans.ApplyAsync(lab.Session, part, mayRemake: true, lab.Outlet, default);

        Assert.Equal(1, Assert.Single(lab.Outlet.Of<ReconcileResult>()).Repaired);

        runtime.Crash("decky-01-ssh");
        part = (await FleetPlans.MakeAsync(lab.Session, Recreate, default)).Only("decky-01");
        runtime.RemoveBehindOurBack("decky-01-ssh");
        await FleetPlans.ApplyAsync(lab.Session, part, mayRemake: true, lab.Outlet, default);

        Assert.Equal("PlanStale", Assert.Single(lab.Outlet.Faults).Id);
        Assert.Single(lab.Outlet.Results);
    }

    [Fact]
    public async Task A_decky_that_cannot_be_repaired_is_one_fault_and_the_others_are_repaired()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var runtime = await lab.RuntimeAsync();
        runtime.RemoveBehindOurBack("decky-01");
        runtime.Crash("decky-02-http");
        runtime.MissingImages("debian:bookworm-slim");

        await FleetPlans.ApplyAsync(lab.Session, await FleetPlans.MakeAsync(lab.Session, Recreate, default), mayRemake: false, lab.Outlet, default);

        var fault = Assert.Single(lab.Outlet.Faults);
        Assert.Equal(("RepairFailed", FaultCategory.InvalidResult, "decky-01"), (fault.Id, fault.Category, fault.Target));
        Assert.Contains("debian:bookworm-slim", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(lab.Outlet.Of<ReconcileResult>()).Repaired);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("20%", "20%")]
    [InlineData("unlimited", "unlimited")]
    public async Task Budgets_are_numbers_or_shares(string text, string expected) =>
        Assert.Equal(expected, (await FleetPlans.MakeAsync(lab.Session, new PassRequest { MaxDeletions = text }, default)).MaxDeletions);

    [Theory]
    [InlineData("many")]
    [InlineData("120%")]
    [InlineData("-1")]
    public async Task Other_budgets_are_refused(string text)
    {
        var error = await Assert.ThrowsAsync<FaultException>(() => FleetPlans.MakeAsync(lab.Session, new PassRequest { MaxDeletions = text }, default));
        Assert.Equal(("MaxDeletionsInvalid", FaultCategory.InvalidArgument), (error.Fault.Id, error.Fault.Category));
    }
}
