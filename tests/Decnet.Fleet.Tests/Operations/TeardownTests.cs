namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

public sealed class TeardownTests
{
    [Fact]
    [Trait("Weakness", "L-2.6")]
    public async Task A_decky_goes_with_base_row_and_entry_and_the_others_stay()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));

        var result = await shop.Service.TeardownAsync([Name("decky-01")]);

        Assert.True(result.Succeeded);
        Assert.Equal((OperationKind.Teardown, 2), (Assert.Single(result.Operations).Kind, result.Generation));
        Assert.Equal(["decky-02", "decky-02-http", "decky-02-ssh"], shop.ContainerNames());
        Assert.Null(await shop.RowAsync("decky-01"));
        Assert.Equal("decky-02", Assert.Single((await shop.FleetAsync()).Deckies).Name.Value);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-2.6")]
    public async Task The_row_tells_of_the_teardown_and_its_events_follow_the_work()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));

        await shop.Service.TeardownAsync([Name("decky-01")]);

        Assert.Equal(
            ["inserted pending -", "state_changed running pending", "state_changed tearing_down running", "deleted torn_down tearing_down"],
            (await shop.EventsAsync("decky.*.state", "transition", "state", "previous_state")).Select(text => text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.Equal(
            ["deploy pending", "deploy running", "deploy succeeded", "teardown pending", "teardown running", "teardown succeeded"],
            (await shop.EventsAsync("decky.*.lifecycle", "operation", "status")).Select(text => text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task The_last_decky_leaves_an_empty_generation_and_no_network()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));

        await shop.Service.TeardownAsync([Name("decky-01")]);

        Assert.Empty((await shop.FleetAsync()).Deckies);
        Assert.Null(await shop.Runtime.FindNetworkAsync(DecnetLabels.NetworkName));
    }

    [Fact]
    [Trait("Weakness", "L-2.6")]
    public async Task Everything_goes_even_without_a_fleet_file()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(3));
        File.Delete(shop.File.Path);
        shop.Runtime.RemoveBehindOurBack("decky-02");

        var result = await shop.Service.TeardownAllAsync();

        Assert.True(result.Succeeded, result.Problem);
        Assert.Equal(3, result.Operations.Count);
        Assert.Empty(shop.Runtime.Containers);
        Assert.Empty(await shop.Store.ListDeckiesAsync());
        Assert.Empty((await shop.FleetAsync()).Deckies);
        Assert.Null(await shop.Runtime.FindNetworkAsync(DecnetLabels.NetworkName));
    }

    [Fact]
    public async Task Nothing_to_tear_down_is_no_failure()
    {
        await using var shop = new Workshop();

        var result = await shop.Service.TeardownAllAsync();

        Assert.True(result.Succeeded);
        Assert.Empty(result.Operations);
    }

    [Fact]
    [Trait("Weakness", "L-9.3")]
    public async Task Names_that_nothing_knows_are_all_refused_and_nothing_changes()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.TeardownAsync([Name("decky-01"), Name("decky-1"), Name("ghost")]));

        Assert.Equal(["decky-1", "ghost"], refused.Errors.Select(error => error.Target));
        Assert.Contains("decky-01", refused.Errors[0].Fix, StringComparison.Ordinal);
        Assert.Equal(6, shop.Runtime.Containers.Count);
    }

    [Fact]
    public async Task A_container_that_stays_fails_the_operation_and_the_row_says_which()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        shop.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Conflict, Verb = RuntimeVerb.RemoveContainer, Target = "decky-01-http" });

        var result = await shop.Service.TeardownAsync([Name("decky-01"), Name("decky-02")]);

        Assert.Equal(
            [("decky-01", OperationStatus.Failed), ("decky-02", OperationStatus.Succeeded)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Status)));
        var row = await shop.RowAsync("decky-01");
        Assert.Equal(DeckyState.TeardownFailed, row!.State);
        Assert.Contains("decky-01-http", row.Reason, StringComparison.Ordinal);
        shop.Runtime.ClearFaults();
        Assert.True((await shop.Service.TeardownAsync([Name("decky-01")])).Succeeded);
        Assert.Empty(await shop.Store.ListDeckiesAsync());
    }

    [Fact]
    public async Task What_is_gone_already_is_no_failure()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));
        foreach (var name in shop.ContainerNames())
        {
            shop.Runtime.RemoveBehindOurBack(name);
        }

        Assert.True((await shop.Service.TeardownAsync([Name("decky-01")])).Succeeded);
        Assert.Null(await shop.RowAsync("decky-01"));
    }

    [Fact]
    [Trait("Weakness", "L-2.12")]
    public async Task A_network_that_cannot_be_removed_is_told()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));
        shop.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Conflict, Verb = RuntimeVerb.RemoveNetwork });

        var result = await shop.Service.TeardownAllAsync();

        Assert.False(result.Succeeded);
        Assert.Contains("network", result.Problem, StringComparison.Ordinal);
        Assert.All(result.Operations, operation => Assert.Equal(OperationStatus.Succeeded, operation.Status));
    }
}
