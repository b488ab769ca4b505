namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task A_first_pass_brings_everything_up_and_says_so_in_order()
    {
        using var lab = new Lab();

        var result = await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));

        Assert.Equal((1, 1), (result.Inserted, result.Repaired));
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("web")).State);
        Assert.Equal(["web inserted torn_down", "web repaired running"], await lab.TransitionsAsync());
        Assert.Equal(["web", "web-ssh", "web-http"], lab.Runtime.Containers.Select(container => container.Observed.Name));
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_converged_pass_asks_the_engine_once_and_writes_nothing()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(5));
        var requests = lab.Runtime.Requests;
        var last = await lab.Store.GetLastSequenceAsync();
        var rows = await lab.Store.ListDeckiesAsync(HostId.Local);

        var result = await lab.PassAsync();

        Assert.True(result.IsConverged);
        Assert.Equal(1, lab.Runtime.Requests.Total - requests.Total);
        Assert.Equal(last, await lab.Store.GetLastSequenceAsync());
        Assert.Equal(rows, await lab.Store.ListDeckiesAsync(HostId.Local));
    }

    [Fact]
    [Trait("Weakness", "L-2.1")]
    public async Task A_row_says_running_only_when_the_containers_run()
    {
        using var lab = new Lab();
        lab.Runtime.FailNext(RuntimeError.Server, times: 1);

        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));

        Assert.NotEqual(DeckyState.Running, (await lab.RowAsync("web")).State);
    }

    [Fact]
    public async Task One_decky_that_fails_does_not_keep_the_others_down()
    {
        using var lab = new Lab();
        lab.Runtime.MissingImages("registry.example/none:1");
        var bad = Sample.Decky("bad", "198.18.0.11") with { BaseImage = "registry.example/none:1" };

        var result = await lab.DeployAsync(Sample.Decky("first", "198.18.0.10"), bad, Sample.Decky("last", "198.18.0.12"));

        Assert.Equal(2, result.Repaired);
        Assert.True(result.HasFailures);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("last")).State);
        Assert.Contains("repair failed", (await lab.RowAsync("bad")).Reason, StringComparison.Ordinal);
        Assert.Contains("registry.example/none:1", (await lab.RowAsync("bad")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_kinds_of_drift_converge_in_one_pass()
    {
        using var lab = new Lab();
        var deckies = Sample.Deckies(4);
        await lab.DeployAsync(deckies);
        lab.Runtime.Crash("decky-01-ssh", 137);
        await lab.File.SaveAsync(Sample.Fleet(
            [deckies[0], deckies[1], deckies[2] with { Hostname = "other" }, Sample.Decky("new", "198.18.0.99")]));

        var result = await lab.PassAsync(RepairMode.Off);

        Assert.Equal((1, 1, 1, 1), (result.Inserted, result.Deleted, result.StateUpdated, result.ConfigUpdated));
        Assert.Equal(
            ["decky-01 state_changed degraded", "decky-03 config_changed running", "decky-04 deleted torn_down", "new inserted torn_down"],
            (await lab.TransitionsAsync()).TakeLast(4).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_lost_fleet_file_deletes_nothing()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(3));
        File.Delete(lab.File.Path);

        var result = await lab.Reconciler.ReconcileAsync(Lab.Recreate with { RemoveStrays = true });

        Assert.True(result.Held);
        Assert.Contains("decnet-state.json", result.HoldReason, StringComparison.Ordinal);
        Assert.Equal(3, (await lab.Store.ListDeckiesAsync()).Count);
        Assert.Equal(9, lab.Runtime.Containers.Count);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_decky_of_another_host_is_not_inserted_again_and_again()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Decky("here", "198.18.0.10"), Sample.Decky("there", "198.18.0.11") with { HostId = HostId.Parse("host-b") });

        var second = await lab.PassAsync();

        Assert.True(second.IsConverged);
        Assert.Equal("here", Assert.Single(await lab.Store.ListDeckiesAsync()).Name.Value);
    }

    [Fact]
    public async Task A_plan_is_applied_as_it_was_shown()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.RemoveBehindOurBack("decky-01-ssh");
        var requests = lab.Runtime.Requests;
        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);
        Assert.Equal(0, lab.Runtime.Requests.Mutating - requests.Mutating);

        var result = await lab.Reconciler.ApplyAsync(ReconcilePlanJson.Read(ReconcilePlanJson.Write(plan)));

        Assert.Equal(plan.Steps, result.Plan.Steps);
        Assert.Equal(1, result.Repaired);
    }

    [Fact]
    [Trait("Weakness", "W-43")]
    public async Task A_fleet_is_built_composed_and_planned_without_an_engine_and_without_a_trace()
    {
        using var lab = new Lab();
        lab.Runtime.Unreachable("no engine on this machine");
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(2)));
        var requests = lab.Runtime.Requests.Mutating;

        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);

        Assert.Equal(["decky-01", "decky-02"], plan.Steps.Select(step => step.DeckyName.ToString()));
        Assert.Equal(requests, lab.Runtime.Requests.Mutating);
        Assert.Empty(await lab.Store.ListDeckiesAsync());
        Assert.Equal(0, await lab.Store.GetLastSequenceAsync());
    }

    [Fact]
    public async Task A_plan_whose_ground_has_moved_is_refused_and_changes_nothing()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Deckies(2));
        lab.Runtime.RemoveBehindOurBack("decky-01-ssh");
        var plan = await lab.Reconciler.PlanAsync(Lab.Recreate);
        lab.Runtime.Crash("decky-02-http");
        var mutating = lab.Runtime.Requests.Mutating;
        var last = await lab.Store.GetLastSequenceAsync();

        await Assert.ThrowsAsync<PlanStaleException>(() => lab.Reconciler.ApplyAsync(plan));

        Assert.Equal(mutating, lab.Runtime.Requests.Mutating);
        Assert.Equal(last, await lab.Store.GetLastSequenceAsync());
    }

    [Fact]
    public async Task Repairs_of_a_decky_that_keeps_failing_wait_longer_each_time_and_are_forgotten_when_it_stays_well()
    {
        using var lab = new Lab(new ReconcilerOptions { Backoff = new RepairBackoffOptions { Jitter = 0 } });
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));

        foreach (var wait in new[] { 5, 10, 20 })
        {
            lab.Runtime.Crash("web-ssh");
            Assert.Equal(1, (await lab.PassAsync()).Repaired);
            lab.Runtime.Crash("web-ssh");
            var held = await lab.PassAsync();
            Assert.Equal(HoldKind.RepairBackoff, Assert.Single(held.Holds).Kind);
            Assert.Equal(lab.Clock.GetUtcNow().AddSeconds(wait), held.NextAttempt);
            lab.Clock.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal(1, (await lab.PassAsync()).Repaired);
        await lab.PassAsync();
        lab.Clock.Advance(TimeSpan.FromMinutes(6));
        await lab.PassAsync();
        for (var i = 0; i < 2; i++)
        {
            lab.Runtime.Crash("web-ssh");
            Assert.Equal(1, (await lab.PassAsync()).Repaired);
        }

        lab.Runtime.Crash("web-ssh");
        Assert.Equal(lab.Clock.GetUtcNow().AddSeconds(5), (await lab.PassAsync()).NextAttempt);
    }

    [Fact]
    public async Task A_row_that_somebody_else_changed_meanwhile_is_left_to_the_next_pass()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.Crash("web-ssh");
        var row = await lab.RowAsync("web");
        var racing = new RacingStore(lab.Store, () => lab.Store.CommitAsync([new StateChange.UpdateDecky(row with { Reason = "theirs" })], Sample.Now));
        using var reconciler = new Reconciler(lab.File, racing, lab.Runtime, null, lab.Clock);
        var last = await lab.Store.GetLastSequenceAsync();

        var result = await reconciler.ReconcileAsync();

        Assert.Equal(StepOutcome.Skipped, Assert.Single(result.Steps).Outcome);
        Assert.Equal(0, result.StateUpdated);
        Assert.Equal(last, await lab.Store.GetLastSequenceAsync());
        Assert.Equal(1, (await reconciler.ReconcileAsync()).StateUpdated);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_repair_is_not_told_of_a_row_that_somebody_else_changed_meanwhile()
    {
        using var lab = new Lab();
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        var row = await lab.RowAsync("web");
        var ssh = lab.Runtime.Containers.Single(container => container.Observed.Name == "web-ssh").Observed;
        var racing = new RacingStore(lab.Store, () => lab.Store.CommitAsync([new StateChange.UpdateDecky(row with { Reason = "theirs" })], Sample.Now));
        using var reconciler = new Reconciler(lab.File, racing, lab.Runtime, null, lab.Clock);

        // Left-overs are removed without any change of the row, so the row is not what the event hangs on by itself.
        lab.Runtime.AddForeign(ssh with { Id = "1", Name = "web-ssh-old-1" });
        var told = await lab.TransitionsAsync();
        Assert.Equal(1, (await reconciler.ReconcileAsync(Lab.Recreate)).Repaired);
        Assert.Equal(told, await lab.TransitionsAsync());

        lab.Runtime.AddForeign(ssh with { Id = "2", Name = "web-ssh-old-2" });
        await lab.PassAsync(RepairMode.Off);
        lab.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, (await reconciler.ReconcileAsync(Lab.Recreate)).Repaired);
        Assert.Equal((string[])[.. told, "web repaired running"], await lab.TransitionsAsync());
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_whole_pass_is_one_transaction_with_its_events()
    {
        using var lab = new Lab();
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(50)));
        lab.Store.FailNextCommit(StateStoreError.Full);

        await Assert.ThrowsAsync<StateStoreException>(() => lab.Reconciler.ReconcileAsync());

        Assert.Empty(await lab.Store.ListDeckiesAsync());
        Assert.Equal(0, await lab.Store.GetLastSequenceAsync());
        Assert.Equal(50, (await lab.Reconciler.ReconcileAsync()).Inserted);
        Assert.Equal(50, await lab.Store.GetLastSequenceAsync());
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    [Trait("Weakness", "L-1.8")]
    public async Task What_a_mutation_wrote_is_what_the_next_pass_expects()
    {
        using var lab = new Lab();
        var decky = Sample.Decky("web", "198.18.0.10");
        await lab.DeployAsync(decky);
        var baseId = lab.Runtime.Containers.Single(container => container.Observed.Name == "web").Observed.Id;

        await lab.DeployAsync(decky with { Services = ["ssh", "ftp"] });

        Assert.Equal(["web", "web-ssh", "web-ftp"], lab.Runtime.Containers.Select(container => container.Observed.Name));
        Assert.Equal(baseId, lab.Runtime.Containers.Single(container => container.Observed.Name == "web").Observed.Id);
        Assert.Equal(["ssh", "ftp"], (await lab.RowAsync("web")).Services);
        Assert.True((await lab.PassAsync()).IsConverged);
    }
}
