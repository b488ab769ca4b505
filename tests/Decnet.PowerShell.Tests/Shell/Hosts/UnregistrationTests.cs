namespace Decnet.PowerShell.Tests.Shell.Hosts;

using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Decnet.Testing;
using Xunit;
using Output = Decnet.Shell.Output;

public sealed class UnregistrationTests
{
    [Fact]
    public async Task A_host_with_deckies_stays_unless_it_is_forced_to_go()
    {
        await using var lab = new ShellLab();
        await lab.RegisterAsync("web-host");
        await (await lab.OpenAsync()).File.SaveAsync(Sample.Fleet(Sample.Decky("web-01", "198.18.0.11") with { HostId = HostId.Parse("web-host") }));

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => Unregistration.RunAsync(lab.Session, "web-host", false, true, lab.Outlet, CancellationToken.None));
        await Unregistration.RunAsync(lab.Session, "web-host", true, true, lab.Outlet, CancellationToken.None);

        Assert.Equal("HostInUse", Assert.Single(Faults.Of(refused)).Id);
        Assert.Equal("web-host", Assert.Single(lab.Outlet.Of<Output.FleetHost>()).Name);
        Assert.Empty(await HostList.ListAsync(lab.Session, CancellationToken.None));
        Assert.Empty((await lab.FleetAsync()).Deckies);
    }

    [Fact]
    public async Task A_host_that_removes_itself_and_is_not_heard_of_is_a_fault()
    {
        await using var lab = new ShellLab(new FakeHosts());
        await lab.RegisterAsync("web-host");
        var host = Assert.Single(await HostList.ListAsync(lab.Session, CancellationToken.None));

        var destruction = await Unregistration.AskAsync(lab.Session, host, CancellationToken.None);
        await destruction.RunAsync(TimeSpan.Zero, true, lab.Outlet, CancellationToken.None);

        Assert.Equal(["/opt/decnet/decnetd"], destruction.Removes);
        Assert.Equal("SelfDestructTimeout", Assert.Single(lab.Outlet.Faults).Id);
        Assert.Empty(lab.Outlet.Results);
    }
}
