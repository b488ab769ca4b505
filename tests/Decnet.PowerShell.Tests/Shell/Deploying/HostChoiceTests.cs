namespace Decnet.PowerShell.Tests.Shell.Deploying;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.PowerShell.Tests.Shell.Hosts;
using Decnet.Shell.Building;
using Decnet.Shell.Deploying;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Decnet.Shell.Inspecting;
using Decnet.Shell.Operating;
using Xunit;
using Output = Decnet.Shell.Output;

/// <summary>Deckies of several hosts, from the description to the removal.</summary>
public sealed class HostChoiceTests
{
    const string Lan = "198.18.30.0/24";

    readonly FakeHosts hosts = new();

    [Fact]
    public async Task Deckies_go_to_the_host_that_is_named_and_their_ends_are_waited_for()
    {
        await using var lab = await MasterAsync("web-host");

        var plan = await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web", "mail"), HostId = "web-host" });
        await plan.RunAsync([], lab.Outlet, CancellationToken.None);

        Assert.Equal(["Add (new) on web-host", "Add (new) on web-host"], plan.Changes.Select(change => change.Action));
        Assert.Equal(["deploy mail on web-host", "deploy web on web-host"], hosts.Orders.Order(StringComparer.Ordinal));
        Assert.All(lab.Outlet.Of<Output.Operation>(), operation => Assert.Equal(("succeeded", "web-host"), (operation.Status, operation.HostId)));
        Assert.Equal(2, lab.Outlet.Of<Output.Operation>().Count());
        Assert.Empty(lab.Outlet.Faults);
        Assert.Contains("decnetd master", Assert.Single(lab.Outlet.Warnings), StringComparison.Ordinal);
        Assert.Equal(["web-host", "web-host"], (await DeckyRows.ListAsync(lab.Session, CancellationToken.None)).Select(row => row.HostId));
        Assert.Empty((await lab.RuntimeAsync()).Containers);
    }

    [Fact]
    public async Task New_deckies_are_dealt_over_active_hosts_and_stay_where_they_are()
    {
        await using var lab = await MasterAsync("web-host", "mail-host", "silent-host");
        await lab.ReportAsync("web-host");
        await lab.ReportAsync("mail-host");
        var deckies = ShellLab.Deckies(Lan, "a", "b", "c", "d");

        await (await PlanAsync(lab, new DeployRequest { Deckies = deckies, Placement = "RoundRobin" })).RunAsync([], lab.Outlet, CancellationToken.None);
        var again = await PlanAsync(lab, new DeployRequest { Deckies = deckies });

        Assert.Equal(
            ["mail-host", "web-host", "mail-host", "web-host"],
            (await lab.FleetAsync()).Deckies.Select(decky => decky.HostId?.Value));
        Assert.DoesNotContain(again.Changes, change => change.Action.StartsWith("Change", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decky_that_names_a_host_goes_there_and_others_stay_here()
    {
        await using var lab = await MasterAsync("web-host");
        var there = DeckyMaker.Make(
            new() { Names = ["web"], Services = ["ssh"], Distros = ["debian"], Addresses = [IPAddress.Parse("198.18.30.9")], HostId = "web-host", Seed = 1 }, _ => { });

        await (await PlanAsync(lab, new DeployRequest { Deckies = [.. ShellLab.Deckies(Lan, "mail"), .. there] })).RunAsync([], lab.Outlet, CancellationToken.None);

        Assert.Equal(["deploy web on web-host"], hosts.Orders);
        Assert.Equal(["mail local", "web web-host"], (await DeckyRows.ListAsync(lab.Session, CancellationToken.None)).Select(row => $"{row.Name} {row.HostId}").Order(StringComparer.Ordinal));
        Assert.Equal<string?>(["mail"], (await lab.RuntimeAsync()).Containers.Select(container => container.Observed.DeckyName).Distinct());
    }

    [Fact]
    public async Task Services_change_and_deckies_go_on_their_hosts()
    {
        await using var lab = await MasterAsync("web-host");
        await (await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web"), HostId = "web-host" })).RunAsync([], lab.Outlet, CancellationToken.None);

        await Mutation.RunAsync(lab.Session, ["web"], ["telnet"], true, lab.Outlet, CancellationToken.None);
        var scope = await Removal.FindAsync(lab.Session, CancellationToken.None);
        await Removal.RunAsync(lab.Session, null, true, lab.Outlet, CancellationToken.None);

        Assert.Equal("the whole fleet of the hosts 'local', 'web-host': 1 decky", scope.Whole);
        Assert.Equal(["deploy web on web-host", "mutate web on web-host", "teardown web on web-host"], hosts.Orders);
        Assert.Equal(["telnet"], Assert.Single(lab.Outlet.Of<Output.Decky>()).Services);
        Assert.All(lab.Outlet.Of<Output.Operation>(), operation => Assert.Equal("succeeded", operation.Status));
    }

    [Fact]
    public async Task A_decky_that_is_here_is_not_moved_by_the_way()
    {
        await using var lab = await MasterAsync("web-host");
        await (await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web") })).RunAsync([], lab.Outlet, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<FleetValidationException>(
            () => PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web"), HostId = "web-host" }));

        Assert.Equal("FleetDeckyElsewhere", Assert.Single(Faults.Of(refused)).Id);
    }

    [Theory]
    [InlineData("nowhere", null, "HostNotFound")]
    [InlineData(null, "RoundRobin", "FleetNoActiveHost")]
    [InlineData("web-host", "RoundRobin", "PlacementContradicts")]
    [InlineData("no host", null, "HostIdInvalid")]
    public async Task What_cannot_be_placed_is_a_fault_and_nothing_is_done(string? host, string? placement, string id)
    {
        await using var lab = await MasterAsync("web-host");

        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web"), HostId = host, Placement = placement }));

        Assert.Equal(id, Assert.Single(Faults.Of(error)).Id);
    }

    [Theory]
    [InlineData("web-host", null)]
    [InlineData(null, "RoundRobin")]
    public async Task Without_a_master_there_are_no_other_hosts(string? host, string? placement)
    {
        await using var lab = new ShellLab();

        var error = await Assert.ThrowsAsync<FaultException>(
            () => PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web"), HostId = host, Placement = placement }));

        Assert.Equal("MasterMissing", error.Fault.Id);
    }

    async Task<ShellLab> MasterAsync(params string[] names)
    {
        var lab = new ShellLab(hosts);
        foreach (var name in names)
        {
            await lab.RegisterAsync(name);
        }

        hosts.Store = (await lab.OpenAsync()).Store;
        return lab;
    }

    static Task<Deployment> PlanAsync(ShellLab lab, DeployRequest request) => Deployment.PlanAsync(lab.Session, request, CancellationToken.None);
}
