namespace Decnet.PowerShell.Tests.Shell.Hosts;

using Decnet.Fleet.Swarm.Clients;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Xunit;
using Output = Decnet.Shell.Output;

public sealed class HostTestsTests
{
    [Fact]
    public async Task One_host_that_does_not_answer_is_a_result_beside_those_that_do()
    {
        var hosts = new FakeHosts();
        hosts.Failures["mail-host"] = new PeerRefusedException("mail-host", "revoked", "its certificate was revoked");
        await using var lab = new ShellLab(hosts);
        await lab.RegisterAsync("web-host");
        await lab.RegisterAsync("mail-host");

        await HostTests.RunAsync(lab.Session, ["web-host", "mail-host"], 1, lab.Outlet, CancellationToken.None);

        var results = lab.Outlet.Of<Output.HostTest>().ToDictionary(test => test.Name);
        Assert.Equal((true, "1.2.3", 0, 2), (results["web-host"].Reachable, results["web-host"].AgentVersion, results["web-host"].Deckies, results["web-host"].Unacknowledged));
        Assert.Equal((false, "revoked", "its certificate was revoked"), (results["mail-host"].Reachable, results["mail-host"].Reason, results["mail-host"].Problem));
        Assert.True(await HostTests.AllAnswerAsync(lab.Session, ["web-host"], 8, CancellationToken.None));
        Assert.False(await HostTests.AllAnswerAsync(lab.Session, ["web-host", "mail-host"], 8, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_listens_at_a_host_without_an_agent()
    {
        await using var lab = new ShellLab();
        await lab.RegisterAsync("web-host");

        await HostTests.RunAsync(lab.Session, ["web-host"], 8, lab.Outlet, CancellationToken.None);

        Assert.Equal("unreachable", Assert.Single(lab.Outlet.Of<Output.HostTest>()).Reason);
    }

    [Fact]
    public async Task Elsewhere_than_on_a_master_there_is_nobody_to_ask()
    {
        await using var lab = new ShellLab();

        var error = await Assert.ThrowsAsync<FaultException>(() => HostTests.AllAnswerAsync(lab.Session, [], 8, CancellationToken.None));

        Assert.Equal("MasterMissing", error.Fault.Id);
    }
}
