namespace Decnet.Engine.Tests.Swarm;

using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

/// <summary>What comes between a master and its hosts, and what happens to them meanwhile.</summary>
[Collection(SharedSwarm.Name)]
public sealed class SwarmFaultTests(SharedSwarm shared)
{
    const int LongText = 32 * 1024;

    [EngineFact]
    public async Task A_deploy_over_lines_that_lose_and_reset_ends_as_any_other()
    {
        var lab = await shared.TakeAsync();
        var places = Spread(lab, 2);
        foreach (var host in lab.Hosts)
        {
            host.Lose(0.1);
            host.Reset(0.02);
        }

        await DeployUntilDoneAsync(lab, places);
        foreach (var host in lab.Hosts)
        {
            host.Heal();
        }

        await SwarmVerdict.AgreeAsync(lab, places);
        await EndAsync(lab);
    }

    [EngineFact]
    public async Task An_agent_killed_in_the_middle_of_a_deploy_goes_on_when_it_is_back()
    {
        var lab = await shared.TakeAsync();
        var host = lab.Hosts[0];
        var places = Spread(lab, 4);
        using var deploy = lab.Master.Start(DeployWords(lab, places));
        await HasContainersAsync(lab, host);

        await lab.KillAgentAsync(host);
        await lab.StartAgentAsync(host);

        await deploy.EndAsync();
        await DeployUntilDoneAsync(lab, places);
        await SwarmVerdict.AgreeAsync(lab, places);
        await EndAsync(lab);
    }

    [EngineFact]
    public async Task A_master_killed_in_the_middle_of_a_dispatch_learns_of_all_that_happened_when_it_is_back()
    {
        var lab = await shared.TakeAsync();
        var places = Spread(lab, 4);
        using var deploy = lab.Master.Start(DeployWords(lab, places));
        await HasContainersAsync(lab, lab.Hosts[1]);

        deploy.Kill();
        await Task.WhenAll(deploy.EndAsync(), lab.KillMasterAsync());
        await lab.StartMasterAsync();

        await DeployUntilDoneAsync(lab, places);
        await SwarmVerdict.AgreeAsync(lab, places);
        await EndAsync(lab);
    }

    [EngineFact]
    public async Task What_was_said_over_a_line_that_is_cut_before_the_answer_counts_once()
    {
        var lab = await shared.TakeAsync();
        var host = lab.Hosts[0];
        var places = Spread(lab, 2);
        var reports = lab.Network.Between(host, lab.Master, SwarmLab.MasterPort);
        await lab.ReportsAsync(host);
        var commands = lab.Network.Between(lab.Master, host, SwarmLab.AgentPort);
        commands.HoldAnswers(after: LongText / 2);
        using var deploy = lab.Master.Start(DeployWords(lab, places));

        // The host has been told, and works; its answer, and what the master answers to its report, are lost on the way.
        await HasContainersAsync(lab, host);
        reports.HoldAnswers();
        await Eventually.TrueAsync(() => Task.FromResult(commands.Holds && reports.Holds), SwarmLab.Patience, SwarmLab.Pause);
        Assert.NotEqual(0, commands.Cut());
        Assert.NotEqual(0, reports.Cut());
        commands.Release();
        reports.Release();

        var end = await deploy.EndAsync();
        Assert.True(end.ExitCode == 0, $"{end.Errors}\n{end.Output}\n{lab.Logs}");
        await SwarmVerdict.AgreeAsync(lab, places);
        lab.Master.Heal();
        host.Heal();
        await EndAsync(lab);
    }

    [EngineFact]
    public async Task Reports_that_arrive_late_and_in_another_order_change_nothing_that_is_newer()
    {
        var lab = await shared.TakeAsync();
        var host = lab.Hosts[1];
        var places = Spread(lab, 1);
        await lab.DoAsync(DeployWords(lab, places));
        var reports = lab.Network.Between(host, lab.Master, SwarmLab.MasterPort);
        var random = new Random(CampaignSettings.Seed);
        reports.Delay = () => TimeSpan.FromMilliseconds(random.Next(200));
        reports.HoldRequests();
        await lab.KillAgentAsync(host);
        await lab.StartAgentAsync(host);
        await Eventually.TrueAsync(() => Task.FromResult(reports.Holds), SwarmLab.Patience);

        // The one who sent what is held back is gone; what its successor says comes first.
        await lab.KillAgentAsync(host);
        host.Heal();
        await lab.StartAgentAsync(host);
        await lab.DoAsync("mutate", Name(host, 1), "--service", "http");
        reports.Release();

        await SwarmVerdict.AgreeAsync(lab, places);
        Assert.Equal(["http"], (await lab.RowsAsync()).Single(row => row.Name.Value == Name(host, 1)).Services);
        await EndAsync(lab);
    }

    [EngineFact]
    public async Task What_a_lost_host_should_do_fails_for_this_host_alone()
    {
        var lab = await shared.TakeAsync();
        var (away, there) = (lab.Hosts[0], lab.Hosts[1]);
        var places = Spread(lab, 1);
        await lab.KillMasterAsync();
        await lab.StartMasterAsync("--lost-after", "6s");
        await lab.AreActiveAsync(away, there);
        away.Cut();
        await lab.AreAsync(FleetHostStatus.Lost, away);

        var result = await lab.Master.RunAsync(DeployWords(lab, places));

        Assert.NotEqual(0, result.ExitCode);
        Assert.All(
            await lab.RowsAsync(),
            row => Assert.True((row.State == DeckyState.Running) == (row.HostId.Value != away.Name), $"{row.Name}: {row.State} {row.Reason}"));
        away.Join();
        await lab.AreActiveAsync(away, there);
        await DeployUntilDoneAsync(lab, places);
        await SwarmVerdict.AgreeAsync(lab, places);
        await EndAsync(lab);
        await lab.KillMasterAsync();
        await lab.StartMasterAsync();
    }

    /// <summary>So many deckies on each host, and one on the master.</summary>
    static (string Decky, LabHost Host)[] Spread(SwarmLab lab, int each) =>
        [("own-01", lab.Master), .. lab.Hosts.SelectMany(host => Enumerable.Range(1, each).Select(number => (Name(host, number), host)))];

    static string Name(LabHost host, int number) => $"{host.Name.Replace("host-", "web", StringComparison.Ordinal)}-{number:00}";

    static string[] DeployWords(SwarmLab lab, (string Decky, LabHost Host)[] places) =>
        ["deploy", lab.Ini([.. places.Select(place => LabIni.Decky(place.Decky, "ssh, http") + Page(place.Decky))]), .. SwarmLab.Places(places)];

    /// <summary>Makes the command that carries the decky longer than any handshake.</summary>
    static string Page(string decky) => $"[{decky}.http]\ncustom_body = {new string('x', LongText)}\n";

    /// <summary>Gives the command again as an operator would, until it says that all is well.</summary>
    static async Task DeployUntilDoneAsync(SwarmLab lab, (string Decky, LabHost Host)[] places)
    {
        CommandResult? last = null;
        for (var attempt = 0; attempt < 5 && last is not { ExitCode: 0 }; attempt++)
        {
            await SwarmVerdict.NothingIsOpenAsync(lab);
            last = await lab.Master.RunAsync(DeployWords(lab, places));
        }

        Assert.True(last!.ExitCode == 0, $"{last.Errors}\n{last.Output}\n{lab.Logs}");
    }

    static async Task HasContainersAsync(SwarmLab lab, LabHost host)
    {
        try
        {
            await Eventually.TrueAsync(async () => (await host.Containers.ContainersAsync()).Count > 0, SwarmLab.Patience, SwarmLab.Pause);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{host.Name} does nothing.\n{lab.Logs}");
        }
    }

    static async Task EndAsync(SwarmLab lab)
    {
        await lab.DoAsync("teardown", "--all", "--yes");
        await SwarmVerdict.AgreeAsync(lab);
    }
}
