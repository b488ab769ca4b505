namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Testing;
using Xunit;

[Collection(ProgramsCollection.Name)]
public sealed class RemoverLauncherTests : IDisposable
{
    static readonly Guid Id = Guid.Parse("11111111-2222-4333-8444-555555555555");

    readonly FakePrograms programs = new();
    readonly TemporaryFolder folder = new();

    public RemoverLauncherTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");
        programs.Put("systemctl", "exit 3");
    }

    public void Dispose()
    {
        programs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Systemd_is_asked_for_a_unit_of_its_own()
    {
        programs.Put("systemd-run", "exit 0");

        await new SystemdRunLauncher().LaunchAsync(new RemovalOrder(Id, ["/opt/decnet/decnetd", "agent", "remove", "--manifest", "/a b/m.json"]));

        Assert.Equal(
            [
                "systemctl is-active --quiet decnet-remove-111111112222",
                "systemd-run --collect --unit=decnet-remove-111111112222 --description=Removes Decnet from this host --service-type=exec --quiet -- /opt/decnet/decnetd agent remove --manifest /a b/m.json",
            ],
            programs.Calls);
    }

    [Fact]
    public async Task A_remover_that_runs_already_is_left_to_it()
    {
        programs.Put("systemctl", "exit 0");
        programs.Put("systemd-run", "exit 1");

        await new SystemdRunLauncher().LaunchAsync(new RemovalOrder(Id, ["/bin/true"]));

        Assert.Single(programs.Calls);
    }

    [Fact]
    public async Task When_systemd_refuses_it_is_said_why()
    {
        programs.Put("systemd-run", "echo 'Interactive authentication required.' >&2; exit 1");

        var error = await Assert.ThrowsAsync<DecnetException>(() => new SystemdRunLauncher().LaunchAsync(new RemovalOrder(Id, ["/bin/true"])));

        Assert.Contains("code 1: Interactive authentication required.", error.Message);
    }

    [Fact]
    public async Task The_unit_that_was_installed_is_started_and_told_nothing()
    {
        programs.Put("systemctl", "exit 0");

        await new UnitLauncher("decnet-agent-remove.service").LaunchAsync(new RemovalOrder(Id, ["/opt/decnet/decnetd", "agent", "remove"]));

        Assert.Equal(["systemctl --no-ask-password start decnet-agent-remove.service"], programs.Calls);
    }

    [Fact]
    public async Task A_unit_that_may_not_be_started_is_an_error_that_names_the_rule()
    {
        programs.Put("systemctl", "echo 'Interactive authentication required.' >&2; exit 1");

        var error = await Assert.ThrowsAsync<DecnetException>(() => new UnitLauncher("decnet-agent-remove.service").LaunchAsync(new RemovalOrder(Id, ["/bin/true"])));

        Assert.Contains("code 1: Interactive authentication required. Look whether polkit runs", error.Message);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "The unit that removes this host, decnet-agent-remove.service, is not installed.")]
    public async Task A_unit_that_is_not_installed_is_an_obstacle(int code, string? obstacle)
    {
        programs.Put("systemctl", $"exit {code}");

        var found = await new UnitLauncher("decnet-agent-remove.service").FindObstacleAsync();

        Assert.Equal(["systemctl cat --no-pager decnet-agent-remove.service"], programs.Calls);
        Assert.StartsWith(obstacle ?? "none", found ?? "none", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_systemd_it_runs_in_a_session_of_its_own()
    {
        var (log, proof) = (folder.File("remove.log"), folder.File("it's proof"));
        var script = "echo heard; cut -d' ' -f1,6 /proc/$$/stat >\"$1.tmp\"; mv \"$1.tmp\" \"$1\"";

        await new DetachedLauncher(log).LaunchAsync(new RemovalOrder(Id, ["/bin/sh", "-c", script, "sh", proof]));

        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(proof)), TimeSpan.FromSeconds(60));
        var process = File.ReadAllText(proof).Split();
        Assert.Equal(process[0], process[1]);
        Assert.Equal("heard\n", File.ReadAllText(log));
    }
}
