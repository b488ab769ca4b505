namespace Decnet.Engine.Tests.Swarm;

using System.Net;
using System.Text.Json;
using Decnet.Engine.Tests.Decnetd;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>A master and its enrolled hosts, each with an engine: the programs as their users run them, one lab for all of them.</summary>
sealed class SwarmLab : IAsyncDisposable
{
    /// <summary>How long anything may take on a machine that is busy.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait before looking again: each look opens stores, or asks an engine by a program.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the master takes reports, and agents take orders, unless they are told otherwise.</summary>
    internal const int MasterPort = 8770;
    internal const int AgentPort = 8765;

    /// <summary>How the agents are started.</summary>
    internal static readonly string[] AgentWords =
        ["agent", "--interface", LabHost.LanInterface, "--report-interval", "1s", "--interval", "1s", "--repair", "recreate"];

    readonly Dictionary<LabHost, DecnetdProcess> agents = [];
    DecnetdProcess? master;

    SwarmLab(HostLab network) => Network = network;

    internal HostLab Network { get; }

    internal LabHost Master => Network.Master;

    internal IReadOnlyList<LabHost> Hosts => Network.Hosts;

    /// <summary>How the master is started.</summary>
    internal static string[] MasterWords(LabHost master) => ["master", "--address", $"{master.Address}", "--silent-after", "5s", "--watch-interval", "0.5s"];

    /// <summary>Makes networks and engines, nothing more.</summary>
    internal static async Task<SwarmLab> OpenAsync(int hosts) => new(await HostLab.StartAsync(hosts));

    /// <summary>Makes networks and engines, starts a master, and enrols each host.</summary>
    /// <param name="clocks">How far the clock of each host is ahead of that of the master, which is right.</param>
    internal static async Task<SwarmLab> StartAsync(params TimeSpan[] clocks)
    {
        var lab = await OpenAsync(clocks.Length);
        try
        {
            await lab.StartMasterAsync();
            foreach (var (host, clock) in lab.Hosts.Zip(clocks))
            {
                host.ClockOffset = clock;
                await lab.EnrolAsync(host);
                await lab.StartAgentAsync(host);
            }

            await lab.AreActiveAsync([.. lab.Hosts]);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether all programs run, all hosts are active, and there is neither a decky nor a container.</summary>
    internal async Task<bool> IsSoundAsync() =>
        agents.Values.Append(master).All(program => program is { HasEnded: false })
        && (await StatusesAsync()).Values.All(status => status == FleetHostStatus.Active)
        && (await RowsAsync()).Count == 0
        && (await Task.WhenAll(Network.All.Select(host => host.Containers.ContainersAsync()))).All(containers => containers.Count == 0);

    internal async Task StartMasterAsync(params string[] more)
    {
        master = Master.Start([.. MasterWords(Master), .. more]);
        Assert.True(await master.SaysAsync("Listening on"), $"the master ended: {master.Errors}");
    }

    internal async Task EnrolAsync(LabHost host, params string[] more)
    {
        var offer = JsonElement.Parse((await DoAsync("host", "enroll", host.Name, "--json")).Output);
        var result = await host.RunAsync(
            [
                "agent", "enroll", "--master", $"{Master.Address}", "--token", Text(offer, "token"), "--ca-fingerprint", Text(offer, "ca_fingerprint"), .. more,
            ]);
        Assert.True(result.ExitCode == 0, $"{host.Name} was not enrolled: {result.Errors}");
    }

    internal async Task StartAgentAsync(LabHost host, params string[] more)
    {
        var agent = host.Start([.. AgentWords, .. more]);
        agents[host] = agent;
        Assert.True(await agent.SaysAsync("Listening on"), $"the agent of {host.Name} ended: {agent.Errors}");
    }

    /// <summary>Ends the agent of a host by SIGKILL.</summary>
    internal async Task KillAgentAsync(LabHost host)
    {
        agents[host].Kill();
        await agents[host].EndAsync();
    }

    /// <summary>Waits until the agent of a host has ended by itself.</summary>
    internal Task<CommandResult> EndOfAgentAsync(LabHost host) => agents[host].EndAsync();

    /// <summary>Ends the master by SIGKILL.</summary>
    internal async Task KillMasterAsync()
    {
        master!.Kill();
        await master.EndAsync();
    }

    /// <summary>Runs a command on the master to its end, which has to be a good one.</summary>
    internal async Task<CommandResult> DoAsync(params string[] words)
    {
        var result = await Master.RunAsync(words);
        Assert.True(result.ExitCode == 0, $"decnetd {string.Join(' ', words)} ended with {result.ExitCode}:\n{result.Errors}\n{result.Output}\n{Logs}");
        return result;
    }

    /// <summary>Writes an INI file on the master, for its own LAN.</summary>
    /// <returns>Its path.</returns>
    internal string Ini(params string[] sections)
    {
        var path = Master.File("fleet.ini");
        File.WriteAllText(
            path,
            $"[general]\nnet = {Master.Lan}\ngw = {Master.Gateway}\ninterface = {LabHost.LanInterface}\n\n{string.Join('\n', sections)}".ReplaceLineEndings("\n"));
        return path;
    }

    /// <summary>The words that place deckies: <c>--host-of NAME=HOST</c> for each.</summary>
    internal static string[] Places(IEnumerable<(string Decky, LabHost Host)> places) =>
        [.. places.Where(place => place.Host.Name != "master").SelectMany(place => new[] { "--host-of", $"{place.Decky}={place.Host.Name}" })];

    internal static Task<SqliteStateStore> OpenStoreAsync(LabHost host) => SqliteStateStore.OpenAsync(new StateFolder(host.StateFolder).Database);

    /// <summary>How the master says its hosts are.</summary>
    internal async Task<IReadOnlyDictionary<string, FleetHostStatus>> StatusesAsync()
    {
        await using var store = await OpenStoreAsync(Master);
        return (await store.ListHostsAsync()).ToDictionary(host => host.Name, host => host.Status);
    }

    /// <summary>The rows of the master.</summary>
    internal async Task<IReadOnlyList<DeckyRow>> RowsAsync()
    {
        await using var store = await OpenStoreAsync(Master);
        return await store.ListDeckiesAsync();
    }

    /// <summary>Waits until the master has taken two more reports of a host, so one that was sent after now.</summary>
    internal async Task ReportsAsync(LabHost host)
    {
        await using var store = await OpenStoreAsync(Master);
        var last = await LastAsync();
        await Eventually.TrueAsync(async () => await LastAsync() >= last + 2, Patience, Pause);

        async Task<long> LastAsync() => (await store.ListHostsAsync()).Single(known => known.Name == host.Name).LastReport;
    }

    /// <summary>Waits until all rows of the master are as wanted.</summary>
    internal async Task RowsAreAsync(Func<DeckyRow, bool> wanted)
    {
        try
        {
            await Eventually.TrueAsync(async () => (await RowsAsync()).All(wanted), Patience, Pause);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{string.Join('\n', (await RowsAsync()).Select(row => $"{row.HostId} {row.Name} {row.State} {row.Reason}"))}\n{Logs}");
        }
    }

    /// <summary>Waits until the agent of a host has said something in its log.</summary>
    internal async Task AgentSaysAsync(LabHost host, string text) =>
        Assert.True(await agents[host].SaysAsync(text), $"the agent of {host.Name} has ended: {agents[host].Errors}");

    internal Task AreActiveAsync(params LabHost[] hosts) => AreAsync(FleetHostStatus.Active, hosts);

    /// <summary>Waits until the master takes hosts for what they are.</summary>
    internal async Task AreAsync(FleetHostStatus status, params LabHost[] hosts)
    {
        try
        {
            await Eventually.TrueAsync(
                async () => await StatusesAsync() is var all && hosts.All(host => all.TryGetValue(host.Name, out var is_) && is_ == status), Patience, Pause);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"not {status}: {string.Join(", ", await StatusesAsync())}\n{Logs}");
        }
    }

    /// <summary>What all programs have told so far, for a test that fails.</summary>
    internal string Logs => string.Join(
        '\n', agents.Select(agent => $"--- {agent.Key.Name}\n{agent.Value.Errors}").Prepend($"--- master\n{master?.Errors}"));

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
