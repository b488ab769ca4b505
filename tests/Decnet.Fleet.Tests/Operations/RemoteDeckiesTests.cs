namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

/// <summary>Deckies of other hosts, as the host sees them that has the fleet file.</summary>
public sealed class RemoteDeckiesTests
{
    readonly OtherHost other = new();

    static Decky Here(int number) => Sample.Deckies(number)[^1];

    static Decky There(int number) => Here(number) with { HostId = OtherHost.Id };

    [Fact, Trait("Weakness", "L-3.5")]
    public async Task A_decky_of_another_host_is_never_started_here()
    {
        await using var shop = new Workshop(other.Options);

        var result = await shop.DeployAsync(Here(1), There(2));

        Assert.Equal(FleetMode.Swarm, (await shop.FleetAsync()).Mode);
        Assert.All(shop.Seen, container => Assert.Equal("decky-01", container.DeckyName));
        Assert.Equal(["decky-02"], other.Accepted.Select(item => item.Name.Value));
        Assert.Equal(
            [("decky-01", OperationStatus.Succeeded), ("decky-02", OperationStatus.Running)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Status)).Order());
        var row = Assert.Single(await shop.Store.ListDeckiesAsync(OtherHost.Id));
        Assert.Equal((DeckyState.Pending, "it is being deployed"), (row.State, row.Reason));
    }

    [Fact]
    public async Task A_host_that_refuses_fails_its_own_deckies_alone()
    {
        await using var shop = new Workshop(other.Options);
        other.Refusal = "The host is away.";

        var result = await shop.DeployAsync(There(1), Here(2));

        Assert.Equal(
            [("decky-01", OperationStatus.Failed, "The host is away."), ("decky-02", OperationStatus.Succeeded, null)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Status, operation.Error)).Order());
        var row = Assert.Single(await shop.Store.ListDeckiesAsync(OtherHost.Id));
        Assert.Equal((DeckyState.Failed, "its host has not accepted it"), (row.State, row.Reason));
    }

    [Fact]
    public async Task A_host_without_ways_to_others_writes_no_rows_of_theirs()
    {
        await using var shop = new Workshop();

        var result = await shop.DeployAsync(There(1), Here(2));

        Assert.Equal(
            [("decky-01", OperationStatus.Failed), ("decky-02", OperationStatus.Succeeded)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Status)).Order());
        Assert.Equal("decky-02", Assert.Single(await shop.Store.ListDeckiesAsync()).Name.Value);
    }

    [Fact]
    public async Task What_another_host_has_accepted_is_not_ended_by_later_work()
    {
        await using var shop = new Workshop(other.Options);
        var first = await shop.DeployAsync(There(1));

        await shop.DeployAsync(Here(2));

        var operation = Assert.Single(await shop.Store.ListOperationsAsync(new OperationQuery { Ids = [first.Operations[0].Id] }));
        Assert.Equal(OperationStatus.Running, operation.Status);
    }

    [Fact]
    public async Task A_wait_ends_when_the_other_host_has_ended_its_operation()
    {
        await using var shop = new Workshop(other.Options);
        var id = (await shop.DeployAsync(There(1))).Operations[0].Id;

        var waiting = shop.Service.WaitAsync([id]);
        Assert.False(waiting.IsCompleted);
        await shop.Store.CommitAsync([new StateChange.AdvanceOperation(id, OperationStatus.Succeeded)], shop.Clock.GetUtcNow());
        await Eventually.TrueAsync(() =>
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(waiting.IsCompleted);
        });

        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await waiting).Status);
    }

    [Fact]
    public async Task Deckies_that_their_host_reports_running_need_nothing()
    {
        await using var shop = new Workshop(other.Options);
        await RunAsync(shop, There(1));

        var plan = await shop.Service.PlanDeployAsync(Sample.Fleet(There(1)));
        var again = await shop.DeployAsync(There(1));

        Assert.Equal(DeployAction.Keep, Assert.Single(plan.Deckies).Action);
        Assert.Empty(again.Operations);
        Assert.Equal([Name("decky-01")], again.Unchanged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decky_is_never_moved_to_another_host_by_the_way(bool change)
    {
        await using var shop = new Workshop(other.Options);
        await shop.DeployAsync(Here(1));

        var refused = await Assert.ThrowsAsync<FleetValidationException>(
            () => shop.Service.DeployAsync(Sample.Fleet(There(1)), new DeployOptions { Change = change }));

        var error = Assert.Single(refused.Errors);
        Assert.Equal(("decky-elsewhere", "decky-01"), (error.Code, error.Target));
        Assert.Empty(other.Accepted);
    }

    [Fact]
    public async Task Replacing_the_whole_fleet_may_move_a_decky()
    {
        await using var shop = new Workshop(other.Options);
        await shop.DeployAsync(Here(1));

        var moved = await shop.ReplaceAsync(There(1));

        Assert.Equal(
            [(OperationKind.Deploy, OtherHost.Id, OperationStatus.Running), (OperationKind.Teardown, HostId.Local, OperationStatus.Succeeded)],
            moved.Operations.Select(operation => (operation.Kind, operation.HostId, operation.Status)).Order());
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task New_services_that_the_other_host_refuses_are_taken_back()
    {
        await using var shop = new Workshop(other.Options);
        await RunAsync(shop, There(1));
        var before = await shop.FleetAsync();
        other.Refusal = "The host is away.";

        var result = await shop.Service.MutateAsync([Name("decky-01")], new MutateOptions { Services = ["ftp"] });

        Assert.Equal(OperationStatus.Failed, Assert.Single(result.Operations).Status);
        Assert.Equal(before, await shop.FleetAsync());
    }

    [Fact]
    public async Task New_services_that_the_other_host_accepts_are_wanted()
    {
        await using var shop = new Workshop(other.Options);
        await RunAsync(shop, There(1));

        var result = await shop.Service.MutateAsync([Name("decky-01")], new MutateOptions { Services = ["ftp"] });

        Assert.Equal(OperationStatus.Running, Assert.Single(result.Operations).Status);
        Assert.Equal(["ftp"], (await shop.FleetAsync()).Deckies[0].Services);
        Assert.Equal(["ftp"], other.Accepted[^1].Decky!.Services);
    }

    [Fact]
    public async Task A_teardown_of_all_reaches_all_hosts_and_leaves_the_rows_of_others_to_them()
    {
        await using var shop = new Workshop(other.Options);
        await RunAsync(shop, There(1));
        await shop.DeployAsync(Here(2));

        var result = await shop.Service.TeardownAllAsync();

        Assert.Null(result.Problem);
        Assert.Equal(
            [("decky-01", OperationStatus.Running), ("decky-02", OperationStatus.Succeeded)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Status)).Order());
        Assert.Empty((await shop.FleetAsync()).Deckies);
        var row = Assert.Single(await shop.Store.ListDeckiesAsync());
        Assert.Equal((OtherHost.Id, DeckyState.TearingDown), (row.HostId, row.State));
    }

    [Fact]
    public async Task The_status_shows_what_other_hosts_have_reported()
    {
        await using var shop = new Workshop(other.Options);
        await RunAsync(shop, There(1));
        await shop.DeployAsync(Here(2), There(3));

        var status = await shop.Service.StatusAsync();

        Assert.Equal(
            [("decky-01", "host-2", DeckyState.Running, false), ("decky-02", "local", DeckyState.Running, false), ("decky-03", "host-2", DeckyState.Pending, true)],
            status.Deckies.Select(decky => (decky.Name.Value, decky.HostId.Value, decky.State, decky.Operation is not null)));
    }

    [Fact]
    public async Task Operations_take_the_identities_they_are_given_also_where_nothing_is_to_be_done()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Here(1));
        var ids = Enumerable.Range(1, 4).ToDictionary(number => Name($"decky-0{number}"), number => new Guid(number, 0, 0, new byte[8]));

        var deployed = await shop.Service.DeployAsync(Sample.Fleet(Here(1), Here(2)), new DeployOptions { OperationIds = ids });
        var services = deployed.Operations.ToDictionary(operation => operation.DeckyName, _ => (ValueList<string>)["ftp"]);
        var later = ids.ToDictionary(pair => pair.Key, pair => new Guid(pair.Value.GetHashCode(), 1, 0, new byte[8]));
        var mutated = await shop.Service.MutateAsync([.. services.Keys], new MutateOptions { ServicesOf = services, OperationIds = later });
        var last = ids.ToDictionary(pair => pair.Key, pair => new Guid(pair.Value.GetHashCode(), 2, 0, new byte[8]));
        var removed = await (await shop.Service.BeginTeardownAsync([Name("decky-02"), Name("decky-04")], new TeardownOptions { OperationIds = last })).Completion;

        Assert.True(deployed.Succeeded && mutated.Succeeded && removed.Succeeded);
        Assert.Equal([ids[Name("decky-01")], ids[Name("decky-02")]], deployed.Operations.OrderBy(operation => operation.DeckyName).Select(operation => operation.Id));
        Assert.Equal([later[Name("decky-01")], later[Name("decky-02")]], mutated.Operations.OrderBy(operation => operation.DeckyName).Select(operation => operation.Id));
        Assert.Equal([last[Name("decky-02")], last[Name("decky-04")]], removed.Operations.OrderBy(operation => operation.DeckyName).Select(operation => operation.Id));
    }

    /// <summary>Deploys a decky and lets its host report that it runs.</summary>
    static async Task RunAsync(Workshop shop, Decky decky)
    {
        var operation = Assert.Single((await shop.DeployAsync(decky)).Operations);
        var row = Assert.Single(await shop.Store.ListDeckiesAsync(OtherHost.Id), row => row.Name == decky.Name);
        await shop.Store.CommitAsync(
            [
                new StateChange.AdvanceOperation(operation.Id, OperationStatus.Succeeded),
                new StateChange.UpdateDecky(row with { State = DeckyState.Running, Reason = null }),
            ],
            shop.Clock.GetUtcNow());
    }
}
