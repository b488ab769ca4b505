namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

public sealed class DeployTests
{
    [Fact]
    public async Task Deckies_are_brought_up_with_an_operation_each()
    {
        await using var shop = new Workshop();

        var result = await shop.DeployAsync(Sample.Deckies(3));

        Assert.True(result.Succeeded, string.Join('\n', result.Operations.Select(operation => operation.Error)));
        Assert.Equal(3, result.Operations.Count);
        Assert.Equal(1, result.Generation);
        Assert.Equal(9, shop.Runtime.Containers.Count);
        Assert.Equal(DeckyState.Running, (await shop.RowAsync("decky-02"))!.State);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-3.6")]
    public async Task Each_transition_has_one_event_pending_too()
    {
        await using var shop = new Workshop();

        var result = await shop.DeployAsync(Sample.Deckies(1));

        var id = result.Operations[0].Id.ToString();
        Assert.Equal(
            [
                $"decky.decky-01.lifecycle {id} local decky-01 deploy pending -",
                $"decky.decky-01.lifecycle {id} local decky-01 deploy running -",
                $"decky.decky-01.lifecycle {id} local decky-01 deploy succeeded -",
            ],
            await shop.EventsAsync("decky.*.lifecycle", "lifecycle_id", "host_uuid", "name", "operation", "status", "error"));
        Assert.Equal(
            ["decky.local:decky-01.state inserted pending", "decky.local:decky-01.state state_changed running"],
            await shop.EventsAsync("decky.*.state", "transition", "state"));
    }

    [Fact]
    [Trait("Weakness", "L-2.13")]
    public async Task Adding_a_decky_touches_only_its_containers()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(3));
        var before = shop.Seen.ToDictionary(container => container.Name, container => container.Id);

        var result = await shop.DeployAsync(Sample.Decky("late", "198.18.9.9"));

        Assert.Equal("late", Assert.Single(result.Operations).DeckyName.Value);
        Assert.Equal(4, (await shop.FleetAsync()).Deckies.Count);
        Assert.All(before, known => Assert.Equal(known.Value, shop.Seen.Single(container => container.Name == known.Key).Id));
    }

    [Fact]
    public async Task Deploying_the_same_again_does_nothing()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        var sequence = await shop.Store.GetLastSequenceAsync();

        var result = await shop.DeployAsync(Sample.Deckies(2));

        Assert.Empty(result.Operations);
        Assert.Equal([Name("decky-01"), Name("decky-02")], result.Unchanged);
        Assert.Equal((1, sequence), (result.Generation, await shop.Store.GetLastSequenceAsync()));
    }

    [Fact]
    public async Task Deploying_again_brings_back_what_is_missing()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        shop.Runtime.RemoveBehindOurBack("decky-02-http");
        shop.Runtime.Crash("decky-02-ssh");

        var result = await shop.DeployAsync(Sample.Deckies(2));

        Assert.Equal("decky-02", Assert.Single(result.Operations).DeckyName.Value);
        Assert.True(result.Succeeded);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-2.4")]
    public async Task A_decky_that_is_there_with_another_configuration_is_refused_and_nothing_changes()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.DeployAsync(
            Sample.Decky("decky-01", "198.18.0.3", "ftp"), Sample.Decky("new", "198.18.0.4"), Sample.Decky("far", "10.0.0.1")));

        Assert.Equal(["decky-differs", "duplicate-address", "address-outside"], refused.Errors.Select(error => error.Code));
        Assert.Contains("'decky-01'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await shop.FleetAsync()).Deckies.Count);
        Assert.Equal(2, (await shop.Store.ListOperationsAsync(new OperationQuery())).Count);
    }

    [Fact]
    [Trait("Weakness", "L-2.1")]
    public async Task Replacing_removes_changes_and_adds_and_leaves_the_rest_alone()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(3));
        var same = shop.Seen.Where(container => container.Name.StartsWith("decky-01", StringComparison.Ordinal)).Select(container => container.Id).ToArray();

        var result = await shop.ReplaceAsync(Sample.Decky("decky-01", "198.18.0.3"), Sample.Decky("decky-02", "198.18.0.4", "ftp"), Sample.Decky("new", "198.18.0.5"));

        Assert.True(result.Succeeded, string.Join('\n', result.Operations.Select(operation => operation.Error)));
        Assert.Equal(
            [("decky-03", OperationKind.Teardown), ("decky-02", OperationKind.Deploy), ("new", OperationKind.Deploy)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Kind)));
        Assert.Equal(["decky-01", "decky-01-http", "decky-01-ssh", "decky-02", "decky-02-ftp", "new", "new-http", "new-ssh"], shop.ContainerNames());
        Assert.Equal(same, shop.Seen.Where(container => container.Name.StartsWith("decky-01", StringComparison.Ordinal)).Select(container => container.Id));
        Assert.Null(await shop.RowAsync("decky-03"));
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    public async Task Deploying_again_corrects_a_row_that_was_not_written_any_more()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        var row = (await shop.RowAsync("decky-01"))!;
        await shop.Store.CommitAsync([new StateChange.UpdateDecky(row with { Services = ["ftp"], ConfigHash = "before", ConfigJson = "{}" })], Sample.Now);

        var result = await shop.DeployAsync(Sample.Deckies(2));

        Assert.Equal("decky-01", Assert.Single(result.Operations).DeckyName.Value);
        var after = (await shop.RowAsync("decky-01"))!;
        Assert.Equal((row.Services, row.ConfigHash, row.ConfigJson), (after.Services, after.ConfigHash, after.ConfigJson));
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    public async Task Replacing_again_removes_what_an_interrupted_replacement_left()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        shop.Runtime.FailNext(RuntimeError.Forbidden, verb: RuntimeVerb.RemoveContainer);
        Assert.False((await shop.ReplaceAsync(Sample.Deckies(1))).Succeeded);
        Assert.Equal(DeckyState.TeardownFailed, (await shop.RowAsync("decky-02"))!.State);
        var plan = await shop.Service.PlanDeployAsync(Sample.Fleet(Sample.Deckies(1)), new DeployOptions { Replace = true });

        var added = await shop.DeployAsync(Sample.Deckies(1));
        var replaced = await shop.ReplaceAsync(Sample.Deckies(1));

        Assert.Empty(added.Operations);
        Assert.Equal([("decky-01", DeployAction.Keep), ("decky-02", DeployAction.Remove)], plan.Deckies.Select(item => (item.Name.Value, item.Action)));
        Assert.True(replaced.Succeeded);
        Assert.Equal(["decky-01", "decky-01-http", "decky-01-ssh"], shop.ContainerNames());
        Assert.Null(await shop.RowAsync("decky-02"));
    }

    [Fact]
    [Trait("Weakness", "L-2.2")]
    public async Task One_decky_without_its_image_fails_alone()
    {
        await using var shop = new Workshop();
        shop.Runtime.MissingImages("nowhere/none:1");

        var result = await shop.DeployAsync([.. Sample.Deckies(3), Sample.Decky("bad", "198.18.9.9") with { BaseImage = "nowhere/none:1" }]);

        Assert.False(result.Succeeded);
        var bad = Assert.Single(result.Operations, operation => operation.Status == OperationStatus.Failed);
        Assert.Equal("bad", bad.DeckyName.Value);
        Assert.Contains("nowhere/none:1", bad.Error, StringComparison.Ordinal);
        Assert.Equal(DeckyState.TornDown, (await shop.RowAsync("bad"))!.State);
        Assert.Equal(9, shop.Seen.Count(container => container.State == ContainerState.Running));
    }

    [Fact]
    [Trait("Weakness", "L-3.5")]
    [Trait("Weakness", "L-2.11")]
    public async Task The_error_of_a_container_that_dies_has_its_exit_code_and_its_last_words()
    {
        await using var shop = new Workshop();
        shop.Runtime.LetDie("decky-01-http", 78, "starting\nbind: address already in use");

        var result = await shop.DeployAsync(Sample.Deckies(1));

        var error = Assert.Single(result.Operations).Error!;
        Assert.Contains("decky-01-http exited with code 78", error, StringComparison.Ordinal);
        Assert.Contains("bind: address already in use", error, StringComparison.Ordinal);
        Assert.Equal(DeckyState.Degraded, (await shop.RowAsync("decky-01"))!.State);
    }

    [Fact]
    [Trait("Weakness", "L-3.1")]
    public async Task What_a_process_left_open_ends_as_failed_and_the_same_deployment_goes_on()
    {
        await using var shop = new Workshop();
        await shop.File.SaveAsync(Sample.Fleet(Sample.Deckies(2)));
        await shop.Store.CommitAsync([new StateChange.AddOperation(Sample.Operation("decky-01"))], Sample.Now);

        var result = await shop.DeployAsync(Sample.Deckies(2));

        Assert.True(result.Succeeded);
        var left = Assert.Single(await shop.Store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Failed }));
        Assert.Equal(Sample.Operation("decky-01").Id, left.Id);
        Assert.Contains("ended before", left.Error, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(result.Operations, operation => operation.DeckyName.Value == "decky-01").Attempt);
    }

    [Fact]
    public async Task What_was_left_open_on_deckies_of_other_hosts_ends_too()
    {
        await using var shop = new Workshop();
        var elsewhere = Sample.Operation("decky-09") with { HostId = HostId.Parse("elsewhere") };
        await shop.Store.CommitAsync([new StateChange.AddOperation(elsewhere)], Sample.Now);

        await shop.DeployAsync(Sample.Deckies(1));

        var left = Assert.Single(await shop.Store.ListOperationsAsync(new OperationQuery { HostId = elsewhere.HostId }));
        Assert.Equal((OperationStatus.Failed, OpenOperations.LeftBehind), (left.Status, left.Error));
    }

    [Fact]
    public async Task What_a_pass_saw_before_an_operation_began_is_too_old_to_be_written()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));
        shop.Runtime.Crash("decky-01-http");
        var seen = (await shop.RowAsync("decky-01"))!;

        var result = await shop.DeployAsync(Sample.Deckies(1));

        Assert.True(Assert.Single(result.Operations).Status == OperationStatus.Succeeded);
        var late = new StateChange.UpdateDecky(seen with { State = DeckyState.Degraded });
        Assert.False((await shop.Store.CommitAsync([late], Sample.Now)).Applied[0]);
    }

    [Fact]
    [Trait("Weakness", "L-2.1")]
    public async Task A_plan_says_what_would_be_done_and_changes_nothing()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(3));
        shop.Runtime.Crash("decky-01-ssh");
        var sequence = await shop.Store.GetLastSequenceAsync();

        var plan = await shop.Service.PlanDeployAsync(
            Sample.Fleet(Sample.Decky("decky-01", "198.18.0.3"), Sample.Decky("decky-02", "198.18.0.4", "ftp"), Sample.Decky("new", "198.18.0.7")),
            new DeployOptions { Replace = true });

        Assert.Equal(
            [("decky-01", DeployAction.Repair), ("decky-02", DeployAction.Change), ("new", DeployAction.Add), ("decky-03", DeployAction.Remove)],
            plan.Deckies.Select(item => (item.Name.Value, item.Action)));
        Assert.Equal(sequence, await shop.Store.GetLastSequenceAsync());
        Assert.Equal(1, ((DesiredState.Known)await shop.File.LoadAsync()).Generation);
    }

    [Fact]
    [Trait("Weakness", "L-3.5")]
    public async Task Who_works_on_the_fleet_keeps_others_out_and_is_named()
    {
        await using var shop = new Workshop();
        await using var held = await shop.Lock.AcquireAsync("deploying 7 deckies", TimeSpan.Zero);

        var locked = await Assert.ThrowsAsync<FleetLockedException>(() => shop.DeployAsync(Sample.Deckies(1)));

        Assert.Contains("deploying 7 deckies", locked.Message, StringComparison.Ordinal);
        Assert.IsType<DesiredState.Missing>(await shop.File.LoadAsync());
    }

    [Fact]
    public async Task A_fleet_is_described_when_nobody_else_works_on_the_present_one()
    {
        await using var shop = new Workshop(AtOnce with { LockWait = TimeSpan.FromSeconds(30) });

        var results = await Task.WhenAll(DeployAsync("web"), DeployAsync("mail"));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(["198.18.0.10", "198.18.0.11"], (await shop.FleetAsync()).Deckies.Select(decky => decky.IPAddress.ToString()));

        Task<FleetWorkResult> DeployAsync(string name) => shop.Service.DeployAsync((present, _) =>
        {
            var next = 10 + ((present as DesiredState.Known)?.Fleet.Deckies.Count ?? 0);
            return Task.FromResult(Sample.Fleet(Sample.Decky(name, $"198.18.0.{next}")));
        });
    }

    [Fact]
    public async Task A_description_that_fails_changes_nothing_and_keeps_nobody_out()
    {
        await using var shop = new Workshop();

        await Assert.ThrowsAsync<DecnetException>(() => shop.Service.DeployAsync((_, _) => throw new DecnetException("There is no such network.")));

        Assert.IsType<DesiredState.Missing>(await shop.File.LoadAsync());
        Assert.True((await shop.DeployAsync(Sample.Deckies(1))).Succeeded);
    }

    [Fact]
    public async Task An_engine_that_comes_back_in_time_is_waited_for()
    {
        await using var shop = new Workshop(AtOnce with { Retry = new RetryOptions() });
        shop.Runtime.Unreachable("connection refused");

        var deploying = shop.DeployAsync(Sample.Deckies(2));
        for (var i = 0; i < 100 && !deploying.IsCompleted; i++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0 || deploying.IsCompleted));
            if (i == 2)
            {
                shop.Runtime.Reachable();
            }

            shop.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.True((await deploying).Succeeded);
    }

    [Fact]
    public async Task An_engine_that_stays_away_fails_each_operation_with_its_reason()
    {
        await using var shop = new Workshop();
        shop.Runtime.Unreachable("connection refused");

        var result = await shop.DeployAsync(Sample.Deckies(2));

        Assert.All(result.Operations, operation => Assert.Contains("connection refused", operation.Error, StringComparison.Ordinal));
        Assert.All(result.Operations, operation => Assert.Equal(OperationStatus.Failed, operation.Status));
        Assert.Equal(DeckyState.Pending, (await shop.RowAsync("decky-01"))!.State);
    }

    [Fact]
    public async Task Cancelling_ends_what_is_open_and_the_next_deployment_goes_on()
    {
        await using var shop = new Workshop(AtOnce with { Retry = new RetryOptions() });
        shop.Runtime.Unreachable("connection refused");
        using var cancel = new CancellationTokenSource();
        var work = await shop.Service.BeginDeployAsync(Sample.Fleet(Sample.Deckies(2)), cancellationToken: cancel.Token);

        await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0));
        await cancel.CancelAsync();
        var result = await work.Completion;

        Assert.True(result.Cancelled);
        Assert.All(result.Operations, operation => Assert.StartsWith("cancelled", operation.Error, StringComparison.Ordinal));
        shop.Runtime.Reachable();
        Assert.True((await shop.DeployAsync(Sample.Deckies(2))).Succeeded);
    }

    [Fact]
    [Trait("Weakness", "L-1.8")]
    public async Task A_lost_fleet_file_is_not_taken_for_an_empty_fleet()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        File.Delete(shop.File.Path);

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.DeployAsync(Sample.Decky("new", "198.18.9.9")));

        Assert.Contains("decky-01, decky-02", refused.Message, StringComparison.Ordinal);
        Assert.IsType<DesiredState.Missing>(await shop.File.LoadAsync());
    }
}
