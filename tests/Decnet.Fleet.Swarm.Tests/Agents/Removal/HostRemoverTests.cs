namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using System.Diagnostics;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Xunit;

[Collection(ProgramsCollection.Name)]
public sealed class HostRemoverTests : IDisposable
{
    static readonly Guid Id = Guid.Parse("11111111-2222-4333-8444-555555555555");

    readonly Installation installation = new();
    readonly FakePrograms programs = new();
    readonly RecordingMaster master = new();

    public HostRemoverTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");
        programs.Put("systemctl", "exit 0");
    }

    public void Dispose()
    {
        programs.Dispose();
        installation.Dispose();
    }

    HostRemoverOptions Options => new() { HostId = AgentLab.Host, OperationId = Id, Manifest = installation.ManifestPath, ReportLimit = TimeSpan.Zero };

    Task<RemovalResult> RunAsync(HostRemoverOptions? options = null) => new HostRemover(options ?? Options, master).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task It_stops_the_units_removes_what_is_listed_keeps_the_logs_and_says_so()
    {
        var result = await RunAsync();

        Assert.True(result is { Succeeded: true, Reported: true });
        Assert.Equal(["lib/other/kept.txt", "log/decnet/agent.log"], installation.Left());
        Assert.Equal(
            ["systemctl stop decnet-agent.service", "systemctl disable decnet-agent.service", "systemctl daemon-reload", "systemctl reset-failed decnet-agent.service"],
            programs.Calls);
        var farewell = Assert.Single(master.Farewells);
        Assert.Equal(
            new HostFarewell
            {
                Version = "1",
                HostId = AgentLab.Host,
                OperationId = Id,
                Succeeded = true,
                Removed = ["decnet-agent.service", .. installation.Manifest.Files, .. installation.Manifest.Folders],
                Failed = [],
            },
            farewell);
        Assert.Equal(1, master.TrustCalls);
    }

    [Fact]
    public async Task All_code_is_loaded_before_the_program_goes()
    {
        await RunAsync();

        var loaded = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name);
        Assert.Empty(typeof(HostRemover).Assembly.GetReferencedAssemblies().Select(name => name.Name).Except(loaded));
        // What only the last words to the master use, and nothing before them.
        Assert.Contains("System.IO.Pipelines", loaded);
    }

    [Fact]
    public async Task What_cannot_be_removed_is_named_and_does_not_keep_the_rest()
    {
        File.Delete(installation.Path("bin/decnetd"));
        installation.Link("bin/decnetd", "lib/other/kept.txt");

        var result = await RunAsync();

        Assert.Contains("symbolic link", Assert.Single(result.Failed));
        Assert.False(Directory.Exists(installation.Path("lib/decnet")));
        Assert.False(master.Farewells.Single().Succeeded);
        Assert.Equal("not ours", File.ReadAllText(installation.Path("lib/other/kept.txt")));
    }

    [Fact]
    public async Task What_another_service_of_the_host_uses_stays()
    {
        installation.Write("units/decnet.target", "[Unit]\n");
        installation.Change(manifest => manifest with
        {
            Units = [.. manifest.Units, "decnet.target"],
            Files = [.. manifest.Files, installation.Path("units/decnet.target")],
        });
        installation.Write(
            "units/decnet-reconciler.service",
            $"# {installation.Path("lib/decnet")}\n[Service]\nExecStart={installation.Path("bin/decnetd")} reconcile\nReadWritePaths={installation.Path("lib/other/db")}\n[Install]\nWantedBy=decnet.target\n");

        var result = await RunAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(["bin/decnetd", "lib/other/kept.txt", "log/decnet/agent.log", "units/decnet-reconciler.service", "units/decnet.target"], installation.Left());
        Assert.Equal(["decnet-agent.service", installation.Path("units/decnet-agent.service"), installation.Path("lib/decnet")], result.Removed);
    }

    [Fact]
    public async Task A_state_folder_that_another_service_works_in_stays()
    {
        installation.Write("units/decnet-master.service", $"[Service]\nReadWritePaths=/run/x {installation.Path("lib/decnet/db")}\n");

        var result = await RunAsync();

        Assert.True(result.Succeeded);
        Assert.Contains("lib/decnet/db/decnet.db", installation.Left());
        Assert.DoesNotContain(installation.Path("lib/decnet"), result.Removed);
    }

    [Fact]
    public async Task A_unit_that_is_not_known_is_no_failure()
    {
        programs.Put("systemctl", "exit 5");

        Assert.True((await RunAsync()).Succeeded);
    }

    [Fact]
    public async Task A_unit_that_cannot_be_stopped_is_a_failure_that_says_why()
    {
        programs.Put("systemctl", "echo 'Access denied' >&2; exit 4");

        Assert.Equal("decnet-agent.service: it could not be stopped: Access denied", Assert.Single((await RunAsync()).Failed));
    }

    [Fact]
    public async Task A_unit_that_does_not_stop_is_given_up()
    {
        programs.Put("systemctl", "[ \"$1\" != stop ] || exec sleep 600");

        var result = await RunAsync(Options with { StopLimit = TimeSpan.FromMilliseconds(300) });

        Assert.Contains("did not end within 0.3 seconds", Assert.Single(result.Failed));
    }

    [Fact]
    public async Task A_manifest_that_is_wrong_removes_nothing()
    {
        File.WriteAllText(installation.ManifestPath, $$"""{"version":"1","id":"{{Installation.Id}}","folders":["/"],"files":["/etc/passwd"]}""");
        var before = installation.Left();

        var result = await RunAsync();

        Assert.Contains("'/' is a folder of the system", Assert.Single(result.Failed));
        Assert.Contains("/etc/passwd", result.Failed[0]);
        Assert.Equal(before, installation.Left());
        Assert.Empty(programs.Calls);
        Assert.False(master.Farewells.Single().Succeeded);
    }

    [Fact]
    public async Task It_waits_for_the_end_of_the_agent()
    {
        using var agent = Process.Start("sleep", "600");
        var removing = RunAsync(Options with { AgentProcess = agent.Id });
        Assert.True(File.Exists(installation.Path("bin/decnetd")));
        agent.Kill();

        Assert.True((await removing).Succeeded);
    }

    [Fact]
    public async Task An_agent_that_does_not_end_keeps_everything()
    {
        using var agent = Process.Start("sleep", "600");
        var before = installation.Left();

        var result = await RunAsync(Options with { AgentProcess = agent.Id, StopLimit = TimeSpan.FromMilliseconds(300) });

        Assert.Contains("did not end", Assert.Single(result.Failed));
        Assert.Equal(before, installation.Left());
        agent.Kill();
    }

    [Fact]
    public async Task A_master_that_is_away_is_told_again_and_one_that_refuses_is_not()
    {
        master.Failure = call => call < 3 ? RecordingMaster.Away() : null;
        Assert.True((await RunAsync(Options with { ReportLimit = TimeSpan.FromMinutes(1) })).Reported);
        Assert.Equal(3, master.Calls);

        master.Failure = _ => new RequestRefusedException("the master", new SwarmProblem { Type = "x", Title = "Not found", Status = 404 });
        Assert.False((await RunAsync(Options with { ReportLimit = TimeSpan.FromMinutes(1) })).Reported);
        Assert.Equal(4, master.Calls);
    }

    [Fact]
    public async Task A_removal_that_was_interrupted_can_be_made_again()
    {
        File.Delete(installation.Path("bin/decnetd"));
        Directory.Delete(installation.Path("lib/decnet/db"), recursive: true);

        Assert.True((await RunAsync()).Succeeded);
        Assert.Equal(["lib/other/kept.txt", "log/decnet/agent.log"], installation.Left());
    }
}
