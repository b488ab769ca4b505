namespace Decnet.Engine.Tests.Deploying;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Xunit;

/// <summary>One decky more or less is nobody else's business.</summary>
public sealed class FleetChangeTests(TestEngine engine)
{
    [EngineFact]
    public async Task One_decky_more_or_less_of_twenty_touches_no_other_container()
    {
        var fleet = TestFleet.Of([.. Enumerable.Range(1, 20).Select(number => TestFleet.Web(number, "ssh"))]);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        var before = await scene.ContainersAsync();

        await scene.DeployAsync(fleet.With(TestFleet.Web(21)));
        var more = await scene.ContainersAsync();
        await scene.DeployAsync(fleet.Without("web-07"));
        await scene.PassAsync(removeStrays: true);
        var less = await scene.ContainersAsync();

        Assert.Equal(["web-21", "web-21-http", "web-21-ssh"], more.Keys.Except(before.Keys).Order());
        Assert.Equal(before, more.Where(one => before.ContainsKey(one.Key)).ToDictionary());
        Assert.Equal(before.Where(one => !one.Key.StartsWith("web-07", StringComparison.Ordinal)).ToDictionary(), less);
        await scene.AssertConvergedAsync();
    }

    [EngineFact]
    public async Task Changed_decky_is_made_anew_and_alone()
    {
        var fleet = TestFleet.OfWebs(3);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        var before = await scene.ContainersAsync();

        await scene.DeployAsync(fleet.With(TestFleet.Web(2) with { Hostname = "payroll" }));

        var after = await scene.ContainersAsync();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(after, one => Assert.Equal(!one.Key.StartsWith("web-02", StringComparison.Ordinal), one.Value == before[one.Key]));
        Assert.Equal("payroll", await scene.InsideAsync("web-02-ssh", "hostname"));
        await scene.AssertConvergedAsync();
    }

    [EngineFact]
    public async Task Other_services_are_exchanged_on_the_base_that_runs()
    {
        var fleet = TestFleet.OfWebs(2);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);
        var before = await scene.ContainersAsync();

        await scene.DeployAsync(fleet.With(TestFleet.Web(2, "ssh", "ftp")));

        var after = await scene.ContainersAsync();
        Assert.Equal(["web-01", "web-01-http", "web-01-ssh", "web-02", "web-02-ftp", "web-02-ssh"], after.Keys.Order());
        Assert.All(after.Keys.Except(["web-02-ftp"]), name => Assert.Equal(before[name], after[name]));
        Assert.StartsWith("220", await scene.HearAsync("web-01", TestFleet.Web(2), 21), StringComparison.Ordinal);
        await scene.AssertConvergedAsync();
    }

    [EngineFact]
    public async Task Two_deckies_exchange_their_addresses()
    {
        var fleet = TestFleet.OfWebs(2);
        await using var scene = await FleetScene.DeployedAsync(engine, fleet);

        Decky[] crossed = [TestFleet.Web(1) with { IPAddress = TestFleet.AddressOf(2) }, TestFleet.Web(2) with { IPAddress = TestFleet.AddressOf(1) }];
        await scene.DeployAsync(TestFleet.Of(crossed));

        foreach (var decky in crossed)
        {
            Assert.Contains($"inet {decky.IPAddress}/25", await scene.InsideAsync(decky.Name.Value, "ip -4 addr show eth0"), StringComparison.Ordinal);
        }

        Assert.Equal(6, (await scene.ContainersAsync()).Count);
        await scene.AssertConvergedAsync();
    }
}
