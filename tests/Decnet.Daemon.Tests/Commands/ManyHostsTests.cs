namespace Decnet.Daemon.Tests.Commands;

using System.Text.Json;
using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Testing;
using Xunit;

/// <summary>A master and an agent in one process, over real TLS, with engines in memory.</summary>
public sealed class ManyHostsTests : IDisposable
{
    const string Mixed = "[general]\nnet = 198.18.0.0/24\ngw = 198.18.0.1\n[web-01]\nservices = http\n[web-02]\nservices = ssh\n";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ManyHosts hosts = new();

    [Fact]
    public async Task A_host_is_enrolled_gets_a_decky_and_loses_it_again()
    {
        await using var master = await hosts.StartMasterAsync();
        var enrolled = await hosts.Host.RunAsync([.. await hosts.InviteAsync(), "--json"]);
        Assert.True(enrolled.Code == 0, enrolled.Errors);
        Assert.Equal("web-host", enrolled.Json.Single().GetProperty("host_id").GetString());
        await using var agent = await hosts.StartAgentAsync();
        await Eventually.TrueAsync(async () => (await HostAsync()).GetProperty("status").GetString() == "active", Patience);

        var tested = await hosts.Master.RunAsync("host", "test");
        Assert.True(tested.Code == 0, tested.Output);

        var deployed = await hosts.Master.RunAsync("deploy", hosts.Master.Ini(Mixed), "--host-of", "web-02=web-host", "--json");
        Assert.True(deployed.Code == 0, deployed.Errors + master.Log + agent.Log);
        Assert.Equal(["web-01 local succeeded", "web-02 web-host succeeded"], deployed.Json.Select(Operation).Order());
        var status = await hosts.Master.RunAsync("status", "--json");
        var remote = status.Json.Single(line => line.TryGetProperty("name", out var name) && name.GetString() == "web-02");
        Assert.Equal(("web-host", "running"), (remote.GetProperty("host").GetString(), remote.GetProperty("state").GetString()));
        Assert.StartsWith("198.18.7.", remote.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Contains("web-host", (await hosts.Master.RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await hosts.Master.RunAsync("operations", "--json")).Lines.Length);

        var mutated = await hosts.Master.RunAsync("mutate", "web-02", "--service", "smtp");
        Assert.True(mutated.Code == 0, mutated.Output + mutated.Errors);
        var there = await hosts.Host.RunAsync("status", "--json");
        Assert.Contains(there.Json, line => line.TryGetProperty("name", out var name) && name.GetString() == "web-02" && line.GetRawText().Contains("smtp", StringComparison.Ordinal));

        var gone = await hosts.Master.RunAsync("teardown", "--all", "--yes");
        Assert.True(gone.Code == 0, gone.Output + gone.Errors);
        Assert.Equal(0, (await HostAsync()).GetProperty("deckies").GetInt32());

        Assert.Equal(0, (await hosts.Master.RunAsync("host", "remove", "web-host", "--yes")).Code);
        Assert.Empty((await hosts.Master.RunAsync("host", "list", "--json")).Lines);
    }

    [Fact]
    public async Task Work_does_not_wait_for_hosts_when_it_is_told_so()
    {
        await using var master = await hosts.StartMasterAsync();
        Assert.Equal(0, (await hosts.Host.RunAsync(await hosts.InviteAsync())).Code);
        await using var agent = await hosts.StartAgentAsync();
        await Eventually.TrueAsync(async () => (await HostAsync()).GetProperty("status").GetString() == "active", Patience);

        var begun = await hosts.Master.RunAsync("deploy", hosts.Master.Ini(Mixed), "--placement", "round-robin", "--no-wait");

        Assert.True(begun.Code == 0, begun.Errors);
        await Eventually.TrueAsync(async () => (await hosts.Master.RunAsync("operations", "--status", "succeeded", "--json")).Lines.Length == 2, Patience);
        Assert.Equal(2, (await HostAsync()).GetProperty("deckies").GetInt32());
    }

    [Fact]
    public async Task A_token_works_once_and_only_for_the_fleet_that_was_named()
    {
        await using var master = await hosts.StartMasterAsync();
        var invitation = await hosts.InviteAsync();
        var wrong = invitation.Select(word => word.StartsWith("sha256:", StringComparison.Ordinal) ? $"sha256:{new string('0', 64)}" : word).ToArray();

        var elsewhere = await hosts.Host.RunAsync(wrong);
        Assert.Equal(1, elsewhere.Code);
        Assert.Contains("The token was not sent", elsewhere.Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await hosts.Host.RunAsync(invitation)).Code);
        using var second = new Lab();
        var again = await second.RunAsync(invitation);
        Assert.Equal(1, again.Code);
        Assert.False(File.Exists(Path.Combine(second.State.Path, "agent.json")));
    }

    [Fact]
    public async Task A_host_removes_itself_on_order_of_its_master()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Agents remove themselves on Unix alone.");
        Assert.SkipWhen(Directory.Exists("/run/systemd/system"), "It would start a unit of this machine.");
        await using var master = await hosts.StartMasterAsync();
        Assert.Equal(0, (await hosts.Host.RunAsync(await hosts.InviteAsync())).Code);
        using var stand = hosts.Install();
        await using var agent = await hosts.StartAgentAsync();
        await Eventually.TrueAsync(async () => (await HostAsync()).GetProperty("status").GetString() == "active", Patience);
        Assert.Equal(0, (await hosts.Master.RunAsync("deploy", hosts.Master.Ini(Mixed), "--host-of", "web-02=web-host")).Code);
        Assert.Equal(2, (await hosts.Master.RunAsync("host", "destroy", "web-host")).Code);

        var destroying = hosts.Master.RunAsync("host", "destroy", "web-host", "--yes", "--json");
        await Task.WhenAny(agent.Running, destroying);
        stand.Kill();
        var destroyed = await destroying;

        Assert.True(destroyed.Code == 0, destroyed.Errors + agent.Log);
        Assert.True(destroyed.Json.Single().GetProperty("succeeded").GetBoolean());
        Assert.Contains("web-02", destroyed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(hosts.Host.State.Path));
        Assert.Empty((await hosts.Master.RunAsync("host", "list", "--json")).Lines);
        Assert.Empty(((ObservedState.Known)await hosts.Host.Engine.ObserveAsync()).Containers);
    }

    [Fact]
    public async Task The_commands_of_hosts_need_a_master_and_an_agent_an_enrolment()
    {
        var agent = await hosts.Host.RunAsync("agent");
        Assert.Equal(2, agent.Code);
        Assert.Contains("decnetd host enroll NAME", agent.Errors, StringComparison.Ordinal);

        var test = await hosts.Master.RunAsync("host", "test");
        Assert.Equal(2, test.Code);
        Assert.Contains("not the state folder of a master", test.Errors, StringComparison.Ordinal);
        Assert.StartsWith("There are no hosts.", (await hosts.Master.RunAsync("host", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_named_beside_those_that_are()
    {
        await hosts.InviteAsync();

        var refused = await hosts.Master.RunAsync("deploy", hosts.Master.Ini(Mixed), "--host-of", "web-01=nowhere");
        Assert.Equal(2, refused.Code);
        Assert.Contains("There is no host 'nowhere'", refused.Errors, StringComparison.Ordinal);

        var unknown = await hosts.Master.RunAsync("deploy", hosts.Master.Ini(Mixed), "--host-of", "web-09=local");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("web-09", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ca-fingerprint", "agent", "enroll", "--master", "m", "--token", "t")]
    [InlineData("--token or --token-file", "agent", "enroll", "--master", "m", "--ca-fingerprint", "sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:", "agent", "enroll", "--master", "m", "--token", "t", "--ca-fingerprint", "nonsense")]
    [InlineData("--report-to", "agent", "enroll", "--reply", "f", "--ca-fingerprint", "sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("--lost-after", "master", "--silent-after", "20m")]
    [InlineData("DECKY=HOST", "deploy", "f.ini", "--host-of", "nonsense")]
    [InlineData("round-robin", "deploy", "f.ini", "--placement", "nonsense")]
    [InlineData("decnetd host enroll --help", "host", "enroll")]
    public async Task What_is_wrong_on_the_command_line_is_said(string said, params string[] words)
    {
        var refused = await hosts.Host.RunAsync(words);

        Assert.Equal(2, refused.Code);
        Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(hosts.Host.State.Path));
    }

    public void Dispose() => hosts.Dispose();

    async Task<JsonElement> HostAsync() => (await hosts.Master.RunAsync("host", "list", "--json")).Json.Single();

    static string Operation(JsonElement line) =>
        $"{line.GetProperty("decky").GetString()} {line.GetProperty("host").GetString()} {line.GetProperty("status").GetString()}";
}
