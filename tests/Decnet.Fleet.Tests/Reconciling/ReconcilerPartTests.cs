namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>A plan is confined to some deckies, and applied.</summary>
public sealed class ReconcilerPartTests
{
    [Fact]
    public async Task The_part_of_a_plan_repairs_and_records_the_deckies_of_the_part_alone()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.RemoveBehindOurBack("decky-01-ssh");
        lab.Runtime.Crash("decky-02-http");
        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);
        var told = (await lab.TransitionsAsync()).Length;

        var result = await lab.Reconciler.ApplyAsync(plan.Only(["decky-01"]));

        Assert.Equal(1, result.Repaired);
        Assert.All(result.Steps, step => Assert.Equal("decky-01", step.Step.DeckyName));
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-01")).State);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("decky-02")).State);
        Assert.All((await lab.TransitionsAsync())[told..], line => Assert.StartsWith("decky-01 ", line, StringComparison.Ordinal));
        Assert.Contains(DriftFinder.Find(await SnapshotAsync(lab)), drift => drift is { Container: "decky-02-http", Kind: DriftKind.ContainerStopped });
    }

    [Fact]
    public async Task The_part_of_a_plan_is_refused_when_anything_has_moved()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.RemoveBehindOurBack("decky-01-ssh");
        var part = (await lab.Reconciler.PlanAsync(Lab.Recreate)).Only(["decky-01"]);
        lab.Runtime.Crash("decky-02-http");

        await Assert.ThrowsAsync<PlanStaleException>(() => lab.Reconciler.ApplyAsync(part));
    }

    [Fact]
    public async Task A_part_has_the_fingerprint_of_the_whole_and_stays_one_when_it_is_written_and_read()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(3));
        lab.Runtime.Crash("decky-01-http");
        lab.Runtime.Crash("decky-02-http");
        lab.Runtime.Crash("decky-03-http");
        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);

        var part = plan.Only(["decky-01", "decky-02"]).Only(["decky-02", "decky-03"]);
        Assert.Equal(plan.Fingerprint, part.Fingerprint);
        Assert.All(part.Steps, step => Assert.Equal("decky-02", step.DeckyName));

        var result = await lab.Reconciler.ApplyAsync(ReconcilePlanJson.Read(ReconcilePlanJson.Write(part)));

        Assert.Equal(1, result.Repaired);
        Assert.Equal(2, lab.Runtime.Containers.Count(container => container.Observed.State != Decnet.Fleet.Containers.ContainerState.Running));
    }

    static async Task<FleetSnapshot> SnapshotAsync(Lab lab) => FleetSnapshot.Create(
        HostId.Local, await lab.File.LoadAsync(), await lab.Store.ReadAsync(HostId.Local), await lab.Runtime.ObserveAsync(), Sample.Now);
}
