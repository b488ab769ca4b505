namespace Decnet.Engine.Tests.Swarm;

using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

/// <summary>The life of a fleet on several hosts, as an operator sees it. With <c>DECNET_HOSTS_RECORDING=FILE</c> it is written down.</summary>
public sealed class SwarmAcceptanceTests
{
    [EngineFact]
    public async Task A_fleet_lives_on_a_master_and_two_hosts_until_one_of_them_removes_itself()
    {
        await using var lab = await SwarmLab.OpenAsync(2);
        var recording = new SwarmRecording();
        try
        {
            await EnrolAsync(lab, recording);
            await DeployAsync(lab, recording);
            await CutAsync(lab, recording);
            await ChangeAsync(lab, recording);
            await DestroyAsync(lab, recording);
            await EndAsync(lab, recording);
        }
        finally
        {
            recording.Save();
        }
    }

    static async Task EnrolAsync(SwarmLab lab, SwarmRecording recording)
    {
        recording.Note("A master, and two hosts that are invited and come.");
        recording.Happened(lab.Master, $"decnetd {string.Join(' ', SwarmLab.MasterWords(lab.Master))} &");
        await lab.StartMasterAsync();
        string[] used = [];
        foreach (var host in lab.Hosts)
        {
            var offer = Says(lab, await recording.RunAsync(lab.Master, "host", "enroll", host.Name, "--master", $"{lab.Master.Address}"), 0, "--token");
            string[] command = Words(offer.Output);
            Says(lab, await recording.RunAsync(host, command), 0, host.Name);
            recording.Happened(host, $"decnetd {string.Join(' ', SwarmLab.AgentWords)} &");
            await lab.StartAgentAsync(host);
            used = [.. command, "--force"];
        }

        // A token works once, and who tries it again keeps the enrolment that there is.
        Says(lab, await recording.RunAsync(lab.Hosts[^1], used), 1, "refused");
        await lab.AreActiveAsync([.. lab.Hosts]);
        Says(lab, await recording.RunAsync(lab.Master, "host", "list"), 0, "host-2");
        Says(lab, await recording.RunAsync(lab.Master, "host", "test"), 0, "host-1");
    }

    static async Task DeployAsync(SwarmLab lab, SwarmRecording recording)
    {
        recording.Note("One decky on the master, two on each host. The hosts have LANs of their own, and choose the addresses there.");
        var ini = lab.Ini(LabIni.Decky("own-01", "ssh"), LabIni.Group("left", 2, "ssh, http"), LabIni.Group("right", 2, "ssh"));
        recording.Show(lab.Master, ini);
        string[] places = SwarmLab.Places(Places(lab));
        Says(lab, await recording.RunAsync(lab.Master, ["deploy", ini, .. places, "--dry-run"]), 0, "left-01");
        Says(lab, await recording.RunAsync(lab.Master, ["deploy", ini, .. places]), 0, "right-02");
        await SwarmVerdict.AgreeAsync(lab, Places(lab));
        Says(lab, await recording.RunAsync(lab.Master, "status"), 0, "right-02");
        Says(lab, await recording.RunAsync(lab.Master, ["deploy", ini, .. places]), 0, "Unchanged");
        await recording.DockerAsync(lab.Hosts[0], "ps", "--format", "{{.Names}}: {{.Status}}");
        await SwarmVerdict.AgreeAsync(lab, Places(lab));
    }

    static async Task CutAsync(SwarmLab lab, SwarmRecording recording)
    {
        var (away, there) = (lab.Hosts[0], lab.Hosts[1]);
        recording.Note("The cable of host-1 is pulled. Its deckies go on; the master says what it knows.");
        away.Cut();
        recording.Happened(away, "# cut off");
        await lab.AreAsync(FleetHostStatus.Silent, away);
        await lab.RowsAreAsync(row => (row.State == DeckyState.Degraded) == (row.HostId.Value == away.Name));
        Assert.All(
            (await lab.RowsAsync()).Where(row => row.HostId.Value == away.Name), row => Assert.Contains(away.Name, row.Reason, StringComparison.Ordinal));
        Says(lab, await recording.RunAsync(lab.Master, "status"), 0, "degraded");
        Says(lab, await recording.RunAsync(lab.Master, "host", "list"), 0, "silent");
        await away.Engine.DockerCli("rm", "-f", "left-01-http");

        recording.Note("It is put back.");
        away.Join();
        recording.Happened(away, "# joined again");
        await lab.AreActiveAsync(away, there);
        await SwarmVerdict.AgreeAsync(lab, Places(lab));
        Says(lab, await recording.RunAsync(lab.Master, "status"), 0, "running");
    }

    static async Task ChangeAsync(SwarmLab lab, SwarmRecording recording)
    {
        recording.Note("Other services for a decky of host-2, and one decky of host-1 less.");
        Says(lab, await recording.RunAsync(lab.Master, "mutate", "right-01", "--service", "ssh,ftp"), 0, "right-01");
        Says(lab, await recording.RunAsync(lab.Master, "teardown", "left-02"), 0, "left-02");
        await SwarmVerdict.AgreeAsync(lab, [.. Places(lab).Where(place => place.Decky != "left-02")]);
        Assert.Equal(["ssh", "ftp"], (await lab.RowsAsync()).Single(row => row.Name.Value == "right-01").Services);
        Says(lab, await recording.RunAsync(lab.Master, "operations", "--last", "3"), 0, "left-02");
    }

    static async Task DestroyAsync(SwarmLab lab, SwarmRecording recording)
    {
        recording.Note("host-2 removes itself: its deckies, then what its installation has put there. Its log stays.");
        var host = lab.Hosts[1];
        var installation = new Installation(host);
        recording.Show(host, installation.Manifest);
        Says(lab, await recording.RunAsync(lab.Master, "host", "destroy", host.Name, "--yes", "--timeout", "60s"), 0, host.Name);

        Assert.Equal(0, (await lab.EndOfAgentAsync(host)).ExitCode);
        await Eventually.TrueAsync(async () => !(await lab.StatusesAsync()).ContainsKey(host.Name), SwarmLab.Patience, SwarmLab.Pause);
        Assert.Empty(await host.Containers.ContainersAsync());
        Assert.Empty(await host.Containers.NetworksAsync());
        installation.IsGone();
        recording.Happened(host, "# its agent has ended, its files are gone");
        await SwarmVerdict.AgreeAsync(lab, [.. Places(lab).Where(place => place.Decky is "own-01" or "left-01")]);
        Says(lab, await recording.RunAsync(lab.Master, "host", "list"), 0, "host-1");
    }

    static async Task EndAsync(SwarmLab lab, SwarmRecording recording)
    {
        recording.Note("The end: of all deckies, and of the membership of host-1.");
        Says(lab, await recording.RunAsync(lab.Master, "host", "remove", "host-1", "--yes"), 2, "left-01");
        Says(lab, await recording.RunAsync(lab.Master, "teardown", "--all", "--yes"), 0, "left-01");
        await SwarmVerdict.AgreeAsync(lab);
        Says(lab, await recording.RunAsync(lab.Master, "host", "remove", "host-1", "--yes"), 0, "host-1");
        Assert.Empty(await lab.StatusesAsync());
        await lab.AgentSaysAsync(lab.Hosts[0], "revoked");
    }

    static (string Decky, LabHost Host)[] Places(SwarmLab lab) =>
    [
        ("own-01", lab.Master), ("left-01", lab.Hosts[0]), ("left-02", lab.Hosts[0]), ("right-01", lab.Hosts[1]), ("right-02", lab.Hosts[1]),
    ];

    /// <summary>The words of the command line that the master prints for a host.</summary>
    static string[] Words(string offer) =>
        [.. offer.Split('\n').Select(line => line.Trim()).First(line => line.Contains("decnetd agent enroll", StringComparison.Ordinal)).Split("decnetd ", 2)[1].Split(' ')];

    static CommandResult Says(SwarmLab lab, CommandResult result, int exitCode, string text)
    {
        Assert.True(result.ExitCode == exitCode, $"exit code {result.ExitCode}: {result.Errors}\n{result.Output}\n{lab.Logs}");
        Assert.Contains(text, result.Output + result.Errors, StringComparison.Ordinal);
        return result;
    }
}
