namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class ReconcilerRepairTests : IDisposable
{
    readonly Lab lab = new();
    readonly TamperedRuntime runtime;
    readonly Reconciler reconciler;

    public ReconcilerRepairTests()
    {
        runtime = new TamperedRuntime(lab.Runtime);
        reconciler = new Reconciler(lab.File, lab.Store, runtime, null, lab.Clock);
    }

    [Fact]
    public async Task A_container_that_the_engine_keeps_restarting_is_not_repaired()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.Crash("web-ssh");
        runtime.Show = Restarting;

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal(0, result.Repaired);
        Assert.DoesNotContain("web repaired degraded", await lab.TransitionsAsync());
        Assert.Contains("web-ssh keeps restarting", (await lab.RowAsync("web")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RepairMode.Restart)]
    [InlineData(RepairMode.Recreate)]
    public async Task Services_whose_base_was_restarted_without_them_are_started_anew(RepairMode mode)
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"));
        var before = lab.Runtime.Containers.Select(container => container.Observed.Id).ToArray();
        lab.Runtime.RestartBehindOurBack("web");

        var mirrored = await lab.PassAsync(RepairMode.Off);
        Assert.Equal((1, DeckyState.Failed), (mirrored.StateUpdated, (await lab.RowAsync("web")).State));

        var requests = lab.Runtime.Requests;
        var result = await lab.PassAsync(mode);

        Assert.Equal((1, DeckyState.Running), (result.Repaired, (await lab.RowAsync("web")).State));
        Assert.Equal("Observe 2, StartContainer 2, StopContainer 2", lab.Runtime.Requests.Since(requests).ToString());
        Assert.Equal(before, lab.Runtime.Containers.Select(container => container.Observed.Id));
        Assert.All(lab.Runtime.Containers, container => Assert.True(container.IsReachable, container.Observed.Name));
        Assert.True((await lab.PassAsync(mode)).IsConverged);
    }

    [Fact]
    public async Task Deckies_that_exchange_their_addresses_do_not_block_each_other()
    {
        var first = Sample.Decky("first", "198.18.0.10");
        var second = Sample.Decky("second", "198.18.0.11");
        await lab.DeployAsync(first, second);

        var result = await lab.DeployAsync(first with { IPAddress = second.IPAddress }, second with { IPAddress = first.IPAddress });

        Assert.Equal(2, result.Repaired);
        Assert.True((await lab.PassAsync()).IsConverged);
    }

    [Fact]
    public async Task A_decky_that_was_tried_before_another_one_gave_up_its_address_is_tried_again()
    {
        var first = Sample.Decky("first", "198.18.0.10");
        var second = Sample.Decky("second", "198.18.0.11");
        await lab.DeployAsync(first, second);
        await lab.File.SaveAsync(Sample.Fleet(first with { IPAddress = second.IPAddress }, second with { IPAddress = first.IPAddress }));
        var old = lab.Runtime.Containers.Single(container => container.Observed.Name == "first").Observed.Id;
        var tries = new Dictionary<string, int> { ["first"] = 0, ["second"] = 0 };
        var firstGoesBack = new TaskCompletionSource();
        var secondStarts = new TaskCompletionSource();
        runtime.Before = async (verb, target) =>
        {
            if (verb == RuntimeVerb.CreateContainer && tries.TryGetValue(target, out var count))
            {
                lock (tries)
                {
                    tries[target] = count + 1;
                }

                // Second round: the second one begins when the first one has failed, ...
                await (target == "second" && count == 1 ? firstGoesBack.Task : Task.CompletedTask);
            }
            else if (verb == RuntimeVerb.StartContainer && target == old && tries["first"] == 2)
            {
                // ... and takes its address before it is put back.
                firstGoesBack.TrySetResult();
                await secondStarts.Task;
            }
        };
        runtime.AfterRemoving = name =>
        {
            if (name.StartsWith("second-old-", StringComparison.Ordinal))
            {
                secondStarts.TrySetResult();
            }

            return Task.CompletedTask;
        };
        using var patient = new Reconciler(lab.File, lab.Store, runtime, new ReconcilerOptions { RepairParallelism = 2 }, lab.Clock);

        // First round: each finds the other one's address taken, whoever comes first.
        lab.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Conflict, Times = 2, Verb = RuntimeVerb.CreateContainer });
        var result = await patient.ReconcileAsync(Lab.Recreate).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, result.Repaired);
        Assert.True((await lab.PassAsync()).IsConverged);
    }

    [Fact]
    public async Task Deckies_that_give_up_their_addresses_in_vain_get_their_containers_back()
    {
        await lab.DeployAsync(Sample.Decky("first", "198.18.0.10"), Sample.Decky("second", "198.18.0.11"));
        lab.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Conflict, Times = 6, Verb = RuntimeVerb.CreateContainer });

        var result = await lab.DeployAsync(
            Sample.Decky("first", "198.18.0.10") with { Hostname = "other" }, Sample.Decky("second", "198.18.0.11") with { Hostname = "another" });

        Assert.True(result.HasFailures);
        Assert.All(lab.Runtime.Containers, container => Assert.True(container.IsReachable, container.Observed.Name));
        Assert.All(await lab.Store.ListDeckiesAsync(), row => Assert.Equal(DeckyState.Running, row.State));
    }

    [Fact]
    public async Task Restarting_a_base_leaves_no_container_in_the_network_of_its_last_run()
    {
        var decky = Sample.Decky("web", "198.18.0.10");
        await lab.DeployAsync(decky);
        await lab.File.SaveAsync(Sample.Fleet(decky with { Services = ["ssh"] }));
        lab.Runtime.CrashBase(decky.Name);

        await lab.PassAsync(RepairMode.Restart);
        await lab.DeployAsync(decky);

        Assert.All(lab.Runtime.Containers, container => Assert.True(container.IsReachable, container.Observed.Name));
        Assert.Equal(3, lab.Runtime.Containers.Count);
    }

    [Fact]
    public async Task Deletions_held_by_the_budget_stay_held_when_the_pass_looks_again_after_repairs()
    {
        await lab.DeployAsync(Sample.Deckies(4));
        lab.Runtime.Crash("decky-01-ssh");
        await lab.File.SaveAsync(Sample.Fleet(Sample.Deckies(1)));

        var result = await lab.Reconciler.ReconcileAsync(Lab.Recreate with { MaxDeletions = DeletionBudget.OfShare(0.5) });

        Assert.Equal((0, 1), (result.Deleted, result.Repaired));
        Assert.Equal(4, (await lab.Store.ListDeckiesAsync()).Count);
    }

    [Fact]
    public async Task Restarting_starts_no_second_set_beside_one_that_was_set_aside()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        var blueprint = new DeckyComposer(FleetCatalog.BuiltIn).Compose(Sample.Fleet(), Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.Rename("web", "web-old-1");
        await lab.Runtime.CreateContainerAsync(blueprint.Base, "web", null);

        Assert.True((await lab.PassAsync(RepairMode.Restart)).IsConverged);

        Assert.Equal("web-old-1", Assert.Single(lab.Runtime.Containers, container =>
            container.Observed is { Role: ContainerRole.Base, State: ContainerState.Running }).Observed.Name);
    }

    [Fact]
    public async Task An_attempt_that_is_overdue_is_no_next_attempt_so_that_no_worker_spins()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.Crash("web-ssh");
        lab.Runtime.FailNext(RuntimeError.Server, verb: RuntimeVerb.StartContainer);
        Assert.NotNull((await reconciler.ReconcileAsync(Lab.Recreate)).NextAttempt);
        runtime.Show = container => container.Name == "web-ssh" ? container with { State = ContainerState.Restarting } : container;
        lab.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null((await reconciler.ReconcileAsync(Lab.Recreate)).NextAttempt);
    }

    [Fact]
    public async Task A_failure_that_no_runtime_should_have_concerns_its_decky_only()
    {
        await lab.DeployAsync(Sample.Decky("a", "198.18.0.10"), Sample.Decky("b", "198.18.0.11"));
        lab.Runtime.Crash("a-ssh");
        lab.Runtime.Crash("b-ssh");
        var broken = lab.Runtime.Containers.Single(container => container.Observed.Name == "a-ssh").Observed.Id;
        runtime.FailStart = id => id == broken ? new TaskCanceledException("The connection timed out.") : null;

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal(1, result.Repaired);
        Assert.Equal("a", Assert.Single(result.Steps, step => step.Outcome == StepOutcome.Failed).Step.DeckyName);
        Assert.Contains("timed out", (await lab.RowAsync("a")).Reason, StringComparison.Ordinal);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("b")).State);
    }

    [Fact]
    public async Task A_network_that_cannot_be_had_stops_only_the_deckies_that_need_it()
    {
        await lab.DeployAsync(Sample.Decky("a", "198.18.0.10"), Sample.Decky("b", "198.18.0.11"));
        lab.Runtime.RemoveBehindOurBack("a");
        lab.Runtime.Crash("b-ssh");
        lab.Runtime.FailNext(RuntimeError.Server, verb: RuntimeVerb.FindNetwork);

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal("a", Assert.Single(result.Steps, step => step.Outcome == StepOutcome.Failed).Step.DeckyName);
        Assert.Equal(DeckyState.Running, (await lab.RowAsync("b")).State);
    }

    [Fact]
    public async Task Two_hosts_do_not_repair_in_step()
    {
        using var other = new Lab();
        using var second = new Reconciler(other.File, other.Store, other.Runtime, null, other.Clock);

        Assert.NotEqual(await NextAttemptAsync(lab, reconciler), await NextAttemptAsync(other, second));
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_row_says_what_is_wrong_for_as_long_as_it_is()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        lab.Runtime.Crash("web-ssh", exitCode: 3);
        lab.Runtime.FailNext(RuntimeError.Server, verb: RuntimeVerb.StartContainer);

        await lab.PassAsync();
        var reason = (await lab.RowAsync("web")).Reason;
        Assert.StartsWith("web-ssh exited with code 3; repair failed: ", reason, StringComparison.Ordinal);

        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await lab.PassAsync();
        Assert.Null((await lab.RowAsync("web")).Reason);
    }

    public void Dispose()
    {
        reconciler.Dispose();
        lab.Dispose();
    }

    static ObservedContainer Restarting(ObservedContainer container) =>
        container is { Name: "web-ssh", State: ContainerState.Running } ? container with { State = ContainerState.Restarting } : container;

    static async Task<DateTimeOffset?> NextAttemptAsync(Lab lab, Reconciler reconciler)
    {
        await lab.File.SaveAsync(Sample.Fleet(Sample.Decky("web", "198.18.0.10")));
        lab.Runtime.FailNext(RuntimeError.Server);
        var next = (await reconciler.ReconcileAsync(Lab.Recreate)).NextAttempt;
        Assert.NotNull(next);
        return next;
    }
}
