namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Deckies that somebody ordered to leave alone.</summary>
public sealed class ReconcilerSuspensionTests : IDisposable
{
    static readonly ReconcileOptions Thorough = Lab.Recreate with { RemoveStrays = true };

    readonly Lab lab = new();

    [Fact]
    public async Task A_suspended_decky_is_recorded_and_not_repaired_and_the_others_are()
    {
        await BreakAsync("decky-01", "decky-02");
        await SuspendAsync("decky-01", "a guest is inside");

        var result = await lab.PassAsync();

        var hold = Assert.Single(result.Holds);
        Assert.Equal(HoldKind.Suspended, hold.Kind);
        Assert.Equal(
            "decky-01 is suspended by alice since 2026-01-01 00:00:00 UTC (a guest is inside); nothing is repaired there until the order is taken back",
            hold.Reason);
        Assert.Equal(["decky-01"], hold.Deckies);
        Assert.Null(hold.Until);
        Assert.Equal(DeckyState.Degraded, (await lab.RowAsync("decky-01")).State);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-02")).State);
    }

    [Fact]
    public async Task A_suspended_host_is_told_once_with_all_that_waits()
    {
        await BreakAsync("decky-01", "decky-03");
        await SuspendAsync("decky-03");
        await SuspendAsync(null);
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(3).Where(decky => decky.Name.Value != "decky-02")));

        var requests = lab.Runtime.Requests;
        var result = await lab.Reconciler.ReconcileAsync(Thorough);

        var hold = Assert.Single(result.Holds);
        Assert.StartsWith("the host local is suspended by alice since 2026-01-01 00:00:00 UTC; ", hold.Reason, StringComparison.Ordinal);
        Assert.Equal(["decky-01", "decky-03", "decky-02"], hold.Deckies);
        Assert.Equal(1, result.Deleted);
        Assert.Equal(3, result.Strays.Count);
        Assert.Equal(0, lab.Runtime.Requests.Since(requests).Mutating);
    }

    [Fact]
    public async Task An_order_of_another_host_holds_nothing()
    {
        await BreakAsync("decky-01");
        await lab.Store.CommitAsync(
            [new StateChange.Suspend(new Suspension { HostId = HostId.Parse("other"), By = "alice", At = Sample.Now })], Sample.Now);

        Assert.Equal(1, (await lab.PassAsync()).Repaired);
    }

    [Fact]
    public async Task Where_nothing_would_be_repaired_a_suspension_holds_nothing()
    {
        await BreakAsync("decky-01");
        await SuspendAsync("decky-01");
        await SuspendAsync("decky-02");

        Assert.Empty((await lab.PassAsync(RepairMode.Off)).Holds);
        Assert.Equal(["decky-01"], Assert.Single((await lab.PassAsync()).Holds).Deckies);
    }

    [Fact]
    public async Task Repairs_go_on_when_the_order_is_taken_back()
    {
        await BreakAsync("decky-01");
        await SuspendAsync(null);
        await lab.PassAsync();

        await lab.Store.CommitAsync([new StateChange.Resume(HostId.Local, null)], Sample.Now);

        Assert.Equal(1, (await lab.PassAsync()).Repaired);
        Assert.True((await lab.PassAsync()).IsConverged);
    }

    [Fact]
    public async Task A_plan_from_before_the_order_is_refused()
    {
        await BreakAsync("decky-01");
        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);
        await SuspendAsync("decky-01");

        await Assert.ThrowsAsync<PlanStaleException>(() => lab.Reconciler.ApplyAsync(plan));
    }

    [Fact]
    public async Task Every_plan_depends_on_the_orders()
    {
        await BreakAsync("decky-01");
        var plan = await lab.Reconciler.PlanAsync();
        await SuspendAsync("decky-03");

        await Assert.ThrowsAsync<PlanStaleException>(() => lab.Reconciler.ApplyAsync(plan));
    }

    public void Dispose() => lab.Dispose();

    async Task BreakAsync(params string[] deckies)
    {
        await lab.DeployAsync(Sample.Deckies(3));
        foreach (var decky in deckies)
        {
            lab.Runtime.Crash($"{decky}-ssh");
        }
    }

    Task SuspendAsync(string? decky, string? reason = null) => lab.Store.CommitAsync(
        [
            new StateChange.Suspend(new Suspension
            {
                HostId = HostId.Local,
                DeckyName = decky is null ? null : DeckyName.Parse(decky),
                By = "alice",
                At = Sample.Now,
                Reason = reason,
            }),
        ],
        Sample.Now);
}
