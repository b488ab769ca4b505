namespace Decnet.Daemon.Tests.Commands;

using System.Net;
using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

/// <summary>Work on a fleet, on real files and an engine in memory.</summary>
public sealed class FleetCommandsTests : IDisposable
{
    const string ThreeDeckies = "[general]\nnet = 198.18.0.0/24\ngw = 198.18.0.1\ndriver = bridge\n[web]\nservices = ssh, http\namount = 2\n[db-01]\nservices = mysql\n";

    readonly Lab lab = new();

    [Fact]
    public async Task A_fleet_is_deployed_shown_and_torn_down()
    {
        var deployed = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        Assert.Equal(0, deployed.Code);
        Assert.Equal(4, deployed.Lines.Length);
        Assert.Equal(8, await ContainersAsync());
        Assert.Contains("web-01: deploy succeeded", deployed.Errors, StringComparison.Ordinal);

        var status = await lab.RunAsync("status");
        Assert.StartsWith("Host local: generation 1, 3 deckies in 198.18.0.0/24 (bridge)", status.Output, StringComparison.Ordinal);
        Assert.Equal(3, status.Lines.Count(line => line.Contains("  running  ", StringComparison.Ordinal)));

        var gone = await lab.RunAsync("teardown", "--all", "--yes");
        Assert.Equal(0, gone.Code);
        Assert.Equal(0, await ContainersAsync());
        Assert.Empty(((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet.Deckies);
    }

    [Fact]
    public async Task No_decky_gets_the_address_of_its_host_though_the_file_names_the_network()
    {
        lab.Own = [IPAddress.Parse("198.18.0.2"), IPAddress.Parse("198.18.0.4")];
        const string lan = "[general]\nnet = 198.18.0.0/24\ngw = 198.18.0.1\n";

        var deployed = await lab.RunAsync("deploy", lab.Ini(lan + "[web]\nservices = http\namount = 2\n"));
        var refused = await lab.RunAsync("deploy", lab.Ini(lan + "[db]\nservices = mysql\nip = 198.18.0.4\n"));

        Assert.Equal(0, deployed.Code);
        var fleet = ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet;
        Assert.Equal(["198.18.0.3", "198.18.0.5"], fleet.Deckies.Select(decky => decky.IPAddress.ToString()));
        Assert.Equal(2, refused.Code);
        Assert.Contains("The address 198.18.0.4 of db is taken by the host itself.", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_deployment_of_the_same_file_has_nothing_to_do()
    {
        var ini = lab.Ini(ThreeDeckies);
        await lab.RunAsync("deploy", ini);

        var planned = await lab.RunAsync("deploy", ini, "--dry-run");
        var again = await lab.RunAsync("deploy", ini);

        Assert.Equal(0, planned.Code);
        Assert.Equal(0, again.Code);
        Assert.Equal("Unchanged: db-01, web-01, web-02", Assert.Single(again.Lines));
    }

    [Fact]
    [Trait("Weakness", "L-2.1")]
    public async Task A_dry_run_shows_the_plan_and_changes_nothing()
    {
        var planned = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies), "--dry-run", "--json");

        Assert.Equal(0, planned.Code);
        Assert.Equal(["web-01", "web-02", "db-01"], planned.Json.Select(line => line.GetProperty("decky").GetString()));
        Assert.All(planned.Json, line => Assert.Equal("add", line.GetProperty("action").GetString()));
        Assert.False(Directory.Exists(lab.State.Path));
        Assert.Equal(0, await ContainersAsync());
    }

    [Fact]
    public async Task Replacing_makes_the_fleet_what_the_file_says()
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var planned = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies.Replace("amount = 2", "amount = 1", StringComparison.Ordinal)), "--replace", "--dry-run");
        var replaced = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies.Replace("amount = 2", "amount = 1", StringComparison.Ordinal)), "--replace");

        Assert.Equal(0, planned.Code);
        Assert.Equal(0, replaced.Code);
        Assert.Equal(2, ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    public async Task What_goes_when_the_fleet_is_replaced_holds_no_address()
    {
        await lab.RunAsync("deploy", lab.Ini("[general]\nnet = 198.18.0.0/24\ngw = 198.18.0.1\ndriver = bridge\n[old]\nip = 198.18.0.9\nservices = ssh\n"));

        var replaced = await lab.RunAsync("deploy", lab.Ini("[new]\nip = 198.18.0.9\nservices = ssh\n"), "--replace");

        Assert.Equal(0, replaced.Code);
        Assert.Equal("new", Assert.Single(((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet.Deckies).Name.Value);
    }

    [Fact]
    public async Task The_network_of_the_fleet_holds_where_the_next_file_names_none()
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var added = await lab.RunAsync("deploy", lab.Ini("[mail-01]\nservices = smtp\n"));

        Assert.Equal(0, added.Code);
        Assert.Equal(4, ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    public async Task Options_win_over_the_file_with_a_warning()
    {
        var planned = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies), "--dry-run", "--subnet", "198.18.9.0/24", "--gateway", "198.18.9.1");

        Assert.Equal(0, planned.Code);
        Assert.Contains("warning", planned.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "L-9.2")]
    public async Task A_file_with_errors_exits_with_2_and_tells_them_all()
    {
        var refused = await lab.RunAsync("deploy", lab.Ini("[general]\nnet = nonsense\n[Web_1]\nservices = ssh\n"));

        Assert.Equal(2, refused.Code);
        Assert.Contains("line 2: error", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("line 3: error", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(lab.State.Path));
    }

    [Fact]
    [Trait("Weakness", "L-6.7")]
    public async Task An_operation_that_fails_exits_with_1_and_tells_why()
    {
        lab.Engine.Fail(new RuntimeFault { Error = RuntimeError.Invalid, Verb = RuntimeVerb.CreateContainer, Target = "db-01", Times = int.MaxValue });

        var failed = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        Assert.Equal(1, failed.Code);
        Assert.Contains(failed.Lines, line => line.StartsWith("db-01", StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal));
        Assert.Equal(2, failed.Lines.Count(line => line.Contains("  succeeded  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Work_that_is_stopped_exits_with_1_and_tells_what_ended_how()
    {
        using var stop = new CancellationTokenSource();
        var console = new TestConsole();
        lab.Engine.Fail(new RuntimeFault { Error = RuntimeError.Unreachable, Verb = RuntimeVerb.CreateContainer, Times = int.MaxValue });

        var deploying = lab.RunAsync(["deploy", lab.Ini(ThreeDeckies)], console, cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => Task.FromResult(console.Errors.Contains("deploy running", StringComparison.Ordinal)));
        await stop.CancelAsync();
        var stopped = await deploying;

        Assert.Equal(1, stopped.Code);
        Assert.Equal(4, stopped.Lines.Length);
        Assert.Contains("goes on from here", stopped.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deckies_get_other_services()
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var changed = await lab.RunAsync("mutate", "db-01", "--service", "smtp,ftp");

        Assert.Equal(0, changed.Code);
        var fleet = ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet;
        Assert.Equal(["ftp", "smtp"], fleet.Deckies.Single(decky => decky.Name == "db-01").Services.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("teardown", "web-09")]
    [InlineData("mutate", "web-09")]
    [InlineData("suspend", "web-09")]
    [InlineData("status", "web-09")]
    public async Task An_unknown_decky_exits_with_2_and_is_named(params string[] words)
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var refused = await lab.RunAsync(words);

        Assert.Equal(2, refused.Code);
        Assert.Contains("web-09", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("web-01", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teardown")]
    [InlineData("teardown", "web-01", "--all")]
    [InlineData("suspend")]
    [InlineData("resume", "web-01", "--all")]
    [InlineData("mutate")]
    [InlineData("teardown", "Web_1")]
    public async Task Names_or_all_are_needed_and_not_both(params string[] words) =>
        Assert.Equal(2, (await lab.RunAsync(words)).Code);

    [Theory]
    [InlineData(false, "", 2, 8)]
    [InlineData(true, "n\n", 2, 8)]
    [InlineData(true, "", 2, 8)]
    [InlineData(true, "y\n", 0, 0)]
    public async Task Tearing_all_down_asks_on_a_terminal_and_is_refused_without_one(bool isTerminal, string input, int code, int left)
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var answered = await lab.RunAsync(["teardown", "--all"], new TestConsole(), isTerminal, input);

        Assert.Equal(code, answered.Code);
        Assert.Equal(left, await ContainersAsync());
    }

    [Fact]
    public async Task Suspended_deckies_are_shown_with_who_and_why_until_they_are_resumed()
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        Assert.Equal(0, (await lab.RunAsync("suspend", "web-01", "web-02", "--reason", "maintenance")).Code);
        var suspended = await lab.RunAsync("status", "web-01");
        Assert.Contains("suspended by tester since", suspended.Output, StringComparison.Ordinal);
        Assert.Contains("maintenance", suspended.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await lab.RunAsync("resume", "web-01")).Code);
        Assert.DoesNotContain("suspended", (await lab.RunAsync("status", "web-01")).Output, StringComparison.Ordinal);
        Assert.Contains("suspended", (await lab.RunAsync("status", "web-02")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_fleet_is_suspended_and_resumed()
    {
        await lab.RunAsync("suspend", "--all");
        Assert.Contains("The whole fleet is suspended by tester", (await lab.RunAsync("status")).Output, StringComparison.Ordinal);

        await lab.RunAsync("resume", "--all");
        Assert.DoesNotContain("suspended", (await lab.RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains("was not suspended", (await lab.RunAsync("resume", "--all")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_as_JSON_tells_fleet_and_deckies()
    {
        await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        var lines = (await lab.RunAsync("status", "--json")).Json;

        Assert.Equal(["fleet", "decky", "decky", "decky"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal(1, lines[0].GetProperty("generation").GetInt64());
        Assert.Equal("mysql", lines[1].GetProperty("services")[0].GetString());
    }

    [Fact]
    public async Task A_fleet_that_others_work_on_exits_with_1_and_says_who()
    {
        var held = await new FileWorkLock(lab.State.WorkLock).AcquireAsync("painting", TimeSpan.Zero);

        var refused = await lab.RunAsync("deploy", lab.Ini(ThreeDeckies));

        await held.DisposeAsync();
        Assert.Equal(1, refused.Code);
        Assert.Contains("painting", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => lab.Dispose();

    async Task<int> ContainersAsync() => ((ObservedState.Known)await lab.Engine.ObserveAsync()).Containers.Count;
}
