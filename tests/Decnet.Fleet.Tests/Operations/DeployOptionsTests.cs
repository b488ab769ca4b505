namespace Decnet.Fleet.Tests.Operations;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

/// <summary>What is changed and what is left, as the options of a deployment say.</summary>
public sealed class DeployOptionsTests
{
    static readonly DeployOptions Changing = new() { Change = true };

    [Fact]
    public async Task A_decky_of_the_same_name_takes_its_new_configuration_when_that_is_asked_for()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(3));
        var others = Ids(shop, "decky-01");

        var result = await shop.Service.DeployAsync(Sample.Fleet(Sample.Decky("decky-01", "198.18.0.3", "ftp")), Changing);

        Assert.True(result.Succeeded);
        Assert.Equal("decky-01", Assert.Single(result.Operations).DeckyName.Value);
        Assert.Equal(["ftp"], (await shop.RowAsync("decky-01"))!.Services);
        Assert.Equal(3, (await shop.FleetAsync()).Deckies.Count);
        Assert.Equal(others, Ids(shop, "decky-01"));
    }

    [Fact]
    public async Task A_decky_with_an_address_of_its_own_host_is_refused_with_all_others()
    {
        await using var shop = new Workshop(AtOnce with { OwnAddresses = (_, _) => Task.FromResult<ValueList<IPAddress>>([IPAddress.Parse("198.18.0.3"), IPAddress.Parse("198.18.0.4")]) });
        Decky[] deckies =
        [
            Sample.Decky("one", "198.18.0.3"),
            Sample.Decky("two", "198.18.0.4"),
            Sample.Decky("free", "198.18.0.5"),
        ];

        var bridge = Sample.Fleet(deckies);
        var lan = bridge with { Driver = NetworkDriver.Macvlan };

        var planned = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.PlanDeployAsync(lan));
        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.DeployAsync(lan));

        Assert.Equal(
            ["The address 198.18.0.3 of 'one' is that of the host 'local' itself.", "The address 198.18.0.4 of 'two' is that of the host 'local' itself."],
            refused.Errors.Select(error => error.Message));
        Assert.Equal(refused.Message, planned.Message);
        Assert.Empty(shop.Seen);
        Assert.True((await shop.Service.DeployAsync(bridge)).Succeeded);
    }

    [Fact]
    public async Task A_change_is_planned_as_one()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));

        var plan = await shop.Service.PlanDeployAsync(Sample.Fleet(Sample.Decky("decky-01", "198.18.0.3", "ftp")), Changing);

        Assert.Equal([("decky-01", DeployAction.Change)], plan.Deckies.Select(item => (item.Name.Value, item.Action)));
    }

    [Fact]
    public async Task Deckies_that_are_left_are_neither_made_nor_changed_nor_repaired_nor_removed()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(4));
        shop.Runtime.Crash("decky-03-ssh");
        var before = shop.ContainerNames();
        var changed = await shop.FleetAsync();

        var result = await shop.Service.DeployAsync(
            Sample.Fleet(
                Sample.Decky("decky-01", "198.18.0.3", "ftp"),
                changed.Deckies[2],
                Sample.Decky("decky-09", "198.18.0.9"),
                Sample.Decky("decky-10", "198.18.0.10")),
            new DeployOptions { Replace = true, Leave = [Name("decky-01"), Name("decky-03"), Name("decky-04"), Name("decky-09")] });

        Assert.Equal(
            [("decky-02", OperationKind.Teardown), ("decky-10", OperationKind.Deploy)],
            result.Operations.Select(operation => (operation.DeckyName.Value, operation.Kind)).Order());
        Assert.Equal(
            ["decky-01", "decky-03", "decky-04", "decky-10"],
            (await shop.FleetAsync()).Deckies.Select(decky => decky.Name.Value).Order(StringComparer.Ordinal));
        Assert.Equal(changed.Deckies[0], (await shop.FleetAsync()).Find(Name("decky-01")));
        Assert.Equal(
            before.Where(name => !name.StartsWith("decky-02", StringComparison.Ordinal)),
            shop.ContainerNames().Where(name => !name.StartsWith("decky-10", StringComparison.Ordinal)));
        Assert.DoesNotContain(shop.Seen, container => container.Name == "decky-03-ssh" && container.State == ContainerState.Running);
    }

    [Fact]
    public async Task Rows_of_an_earlier_fleet_are_left_too()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));
        System.IO.File.Delete(shop.File.Path);

        var result = await shop.Service.DeployAsync(
            Sample.Fleet(Sample.Decky("decky-09", "198.18.0.9")), new DeployOptions { Replace = true, Leave = [Name("decky-02")] });

        Assert.Contains(result.Operations, operation => operation.DeckyName == Name("decky-01") && operation.Kind == OperationKind.Teardown);
        Assert.DoesNotContain(result.Operations, operation => operation.DeckyName == Name("decky-02"));
        Assert.NotNull(await shop.RowAsync("decky-02"));
    }

    static string[] Ids(Workshop shop, string except) =>
        [.. shop.Seen.Where(container => !container.Name.StartsWith(except, StringComparison.Ordinal)).Select(container => container.Id).Order(StringComparer.Ordinal)];
}
