namespace Decnet.PowerShell.Tests.Shell.Deploying;

using Decnet.Shell.Deploying;
using Decnet.Shell.Flow;
using Xunit;
using Output = Decnet.Shell.Output;

public sealed class DeploymentTests
{
    const string Lan = "198.18.30.0/24";

    [Fact]
    public async Task A_plan_creates_nothing_and_says_what_would_be_done()
    {
        await using var lab = new ShellLab();

        var plan = await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web", "mail") });

        Assert.Equal([new DeployChange("web", "Add (new)", false), new DeployChange("mail", "Add (new)", false)], plan.Changes);
        Assert.False(Directory.Exists((await lab.Session.DescribeAsync()).StateDirectory));
    }

    [Fact]
    public async Task Deckies_that_are_declined_are_left_as_they_are()
    {
        await using var lab = new ShellLab();
        var plan = await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web", "mail") });

        await plan.RunAsync(["mail"], lab.Outlet, CancellationToken.None);

        Assert.Equal("web", Assert.IsType<Output.Operation>(Assert.Single(lab.Outlet.Results)).DeckyName);
        Assert.Equal(["web"], (await lab.FleetAsync()).Deckies.Select(decky => decky.Name.Value));
    }

    [Fact]
    public async Task What_nobody_has_agreed_to_is_not_done()
    {
        await using var lab = new ShellLab();
        await (await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "web") })).RunAsync([], lab.Outlet, CancellationToken.None);
        var replacing = await PlanAsync(lab, new DeployRequest { Deckies = ShellLab.Deckies(Lan, "mail"), Replace = true });
        var other = new DeployRequest { Deckies = [ShellLab.Deckies(Lan, "x", "y", "z")[2]] };
        await (await PlanAsync(lab, other)).RunAsync([], lab.Outlet, CancellationToken.None);

        var error = await Assert.ThrowsAsync<FaultException>(() => replacing.RunAsync([], lab.Outlet, CancellationToken.None));

        Assert.Equal(("FleetMoved", FaultCategory.ResourceBusy), (error.Fault.Id, error.Fault.Category));
        Assert.Equal(["web", "z"], (await lab.FleetAsync()).Deckies.Select(decky => decky.Name.Value));
    }

    [Fact]
    public async Task Others_may_be_added_between_the_questions_and_the_work()
    {
        await using var lab = new ShellLab();
        var deckies = ShellLab.Deckies(Lan, "web", "mail");
        var first = await PlanAsync(lab, new DeployRequest { Deckies = [deckies[0]] });
        var second = await PlanAsync(lab, new DeployRequest { Deckies = [deckies[1]] });

        await Task.WhenAll(first.RunAsync([], lab.Outlet, CancellationToken.None), second.RunAsync([], lab.Outlet, CancellationToken.None));

        Assert.Empty(lab.Outlet.Faults);
        Assert.Equal(["mail", "web"], (await lab.FleetAsync()).Deckies.Select(decky => decky.Name.Value).Order(StringComparer.Ordinal));
    }

    static Task<Deployment> PlanAsync(ShellLab lab, DeployRequest request) => Deployment.PlanAsync(lab.Session, request, CancellationToken.None);
}
