namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;
using Xunit;

public sealed class SelfDestructTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly FakeTimeProvider clock = new(Sample.Now);
    readonly Installation installation = new();
    readonly RecordingLauncher launcher = new();
    readonly RecordingMaster master = new();
    readonly Guid id = Guid.NewGuid();

    public SelfDestructTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");

    public void Dispose() => installation.Dispose();

    SelfDestruct Make(AgentLab lab) => new(
        lab.Service,
        lab.Agent,
        launcher,
        master,
        new SelfDestructOptions
        {
            HostId = AgentLab.Host,
            Folder = lab.Folder,
            Manifest = installation.ManifestPath,
            Command = request => ["/opt/decnetd", "agent", "remove", "--operation", request.ToString()],
        },
        clock);

    SelfDestructCommand Command(string? confirmation = null) => new() { Version = "1", OperationId = id, Confirmation = confirmation };

    static async Task<string> CodeAsync(Task task) => (await Assert.ThrowsAsync<FleetValidationException>(() => task)).Errors.Single().Code;

    [Fact]
    public async Task Without_a_confirmation_one_is_given_out_and_nothing_is_done()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"));
        await using var end = Make(lab);

        var reply = await end.RequestAsync(Command());
        var again = await end.RequestAsync(Command());

        Assert.False(reply.Accepted);
        Assert.Equal(43, reply.Confirmation!.Length);
        Assert.Equal(["web-01", "decnet-agent.service", .. installation.Manifest.Files, .. installation.Manifest.Folders], reply.Removes);
        Assert.Empty(reply.Obstacles);
        Assert.Equal(reply, again);
        Assert.Equal(3, lab.Containers().Length);
        Assert.Empty(launcher.Orders);
    }

    [Fact]
    public async Task That_the_remover_cannot_be_started_is_said_before_anything_is_begun()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"));
        await using var end = Make(lab);
        launcher.Obstacle = "decnet-agent-remove.service is not installed.";

        var reply = await end.RequestAsync(Command());

        Assert.Null(reply.Confirmation);
        Assert.Equal([launcher.Obstacle], reply.Obstacles);
        Assert.Equal(3, lab.Containers().Length);
    }

    [Fact]
    public async Task With_the_confirmation_the_fleet_goes_and_then_the_remover_is_started()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"), AgentLab.Order("web-02"));
        await using var end = Make(lab);
        var asked = await end.RequestAsync(Command());
        launcher.Before = () => Assert.Empty(lab.Containers());

        var reply = await end.RequestAsync(Command(asked.Confirmation));
        await end.Launched.WaitAsync(Patience);

        Assert.True(reply.Accepted);
        Assert.Equal(asked.Removes, reply.Removes);
        Assert.Null(reply.Confirmation);
        Assert.Equal(new RemovalOrder(id, ["/opt/decnetd", "agent", "remove", "--operation", id.ToString()]), Assert.Single(launcher.Orders));
        Assert.Empty((await lab.FleetAsync()).Deckies);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_begins_nothing()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);
        var asked = await end.RequestAsync(Command());

        var replies = new[] { await end.RequestAsync(Command(asked.Confirmation)), await end.RequestAsync(Command(asked.Confirmation)), await end.RequestAsync(Command()) };
        await end.Launched.WaitAsync(Patience);

        Assert.Single(replies.Distinct());
        Assert.Single(launcher.Orders);
        await Assert.ThrowsAsync<OperationConflictException>(() => end.RequestAsync(Command() with { OperationId = Guid.NewGuid() }));
    }

    [Fact]
    public async Task A_host_that_is_being_removed_takes_no_commands()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);
        await end.RequestAsync(Command((await end.RequestAsync(Command())).Confirmation));

        var error = await Assert.ThrowsAsync<OperationConflictException>(() => lab.Agent.DeployAsync(AgentLab.Deploy(AgentLab.Order("web-01"))));

        Assert.Contains("being removed", error.Message);
    }

    [Fact]
    public async Task A_wrong_foreign_or_old_confirmation_is_refused()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);
        var confirmation = (await end.RequestAsync(Command())).Confirmation!;

        Assert.Equal("wrong-confirmation", await CodeAsync(end.RequestAsync(Command(confirmation[..^1]))));
        Assert.Equal("wrong-confirmation", await CodeAsync(end.RequestAsync(Command(""))));
        Assert.Equal("wrong-confirmation", await CodeAsync(end.RequestAsync(Command(confirmation) with { OperationId = Guid.NewGuid() })));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("wrong-confirmation", await CodeAsync(end.RequestAsync(Command(confirmation))));
        Assert.NotEqual(confirmation, (await end.RequestAsync(Command())).Confirmation);
        Assert.Empty(launcher.Orders);
    }

    [Fact]
    public async Task A_message_of_another_version_is_refused()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);

        Assert.Equal("unknown-version", await CodeAsync(end.RequestAsync(Command() with { Version = "2" })));
    }

    [Fact]
    public async Task What_cannot_be_removed_is_said_before_and_keeps_all_from_beginning()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"));
        await using var end = Make(lab);
        var confirmation = (await end.RequestAsync(Command())).Confirmation;
        File.Delete(installation.Path("bin/decnetd"));
        installation.Link("bin/decnetd", "lib/other/kept.txt");

        var blocked = await end.RequestAsync(Command());
        var refused = await CodeAsync(end.RequestAsync(Command(confirmation)));

        Assert.Contains("symbolic link", Assert.Single(blocked.Obstacles));
        Assert.Null(blocked.Confirmation);
        Assert.Equal("obstacle", refused);
        Assert.Equal(3, lab.Containers().Length);
        await lab.DeployAsync(AgentLab.Order("web-02"));
    }

    [Fact]
    public async Task Without_a_good_manifest_nothing_is_given_out()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);
        File.WriteAllText(installation.ManifestPath, $$"""{"version":"1","id":"{{Installation.Id}}","folders":["/"]}""");

        Assert.Equal("system-folder", await CodeAsync(end.RequestAsync(Command())));
    }

    [Fact]
    public async Task A_fleet_that_cannot_be_torn_down_keeps_the_host_and_the_master_hears_why()
    {
        await using var lab = await AgentLab.OpenAsync();
        await lab.DeployAsync(AgentLab.Order("web-01"));
        await using var end = Make(lab);
        lab.Runtime.FailNext(RuntimeError.Forbidden, 100, RuntimeVerb.RemoveContainer);

        await end.RequestAsync(Command((await end.RequestAsync(Command())).Confirmation));
        await Eventually.TrueAsync(() => Task.FromResult(!master.Farewells.IsEmpty), Patience);

        var farewell = master.Farewells.Single();
        Assert.Equal((id, false), (farewell.OperationId, farewell.Succeeded));
        Assert.StartsWith("web-01: ", Assert.Single(farewell.Failed));
        Assert.Empty(launcher.Orders);
        lab.Runtime.ClearFaults();
        await end.RequestAsync(Command((await end.RequestAsync(Command())).Confirmation));
        await end.Launched.WaitAsync(Patience);
        Assert.Single(launcher.Orders);
    }

    [Fact]
    public async Task A_remover_that_cannot_be_started_keeps_the_host()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);
        launcher.Before = () => throw new DecnetException("There is no systemd-run.");

        await end.RequestAsync(Command((await end.RequestAsync(Command())).Confirmation));
        await Eventually.TrueAsync(() => Task.FromResult(!master.Farewells.IsEmpty), Patience);

        Assert.Equal("There is no systemd-run.", Assert.Single(master.Farewells.Single().Failed));
        await lab.DeployAsync(AgentLab.Order("web-01"));
    }

    [Fact]
    public async Task Somebody_who_works_on_the_fleet_keeps_the_confirmation_good()
    {
        await using var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { LockWait = TimeSpan.Zero });
        await using var end = Make(lab);
        var confirmation = (await end.RequestAsync(Command())).Confirmation;
        var held = await lab.Lock.AcquireAsync("a test", TimeSpan.Zero);

        await Assert.ThrowsAsync<FleetLockedException>(() => end.RequestAsync(Command(confirmation)));
        await held.DisposeAsync();

        Assert.True((await end.RequestAsync(Command(confirmation))).Accepted);
    }

    [Fact]
    public async Task An_agent_that_starts_again_goes_on_with_its_removal()
    {
        var lab = await AgentLab.OpenAsync(options: new AgentLabOptions { Held = true });
        var order = AgentLab.Order("web-01");
        lab.Options.Release();
        await lab.DeployAsync(order);
        lab.Runtime.Delay(TimeSpan.FromMilliseconds(200));
        var end = Make(lab);
        var asked = await end.RequestAsync(Command());
        var reply = await end.RequestAsync(Command(asked.Confirmation));
        await end.DisposeAsync();
        Assert.Empty(launcher.Orders);
        lab.Runtime.Delay(TimeSpan.Zero);

        await using var again = await lab.RestartAsync();
        await using var resumed = Make(again);
        Assert.True(await resumed.ResumeAsync());
        Assert.Equal(reply, await resumed.RequestAsync(Command()));
        await resumed.Launched.WaitAsync(Patience);

        Assert.Empty(again.Containers());
        Assert.Single(launcher.Orders);
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_that_was_not_being_removed_resumes_nothing()
    {
        await using var lab = await AgentLab.OpenAsync();
        await using var end = Make(lab);

        Assert.False(await end.ResumeAsync());
        await lab.DeployAsync(AgentLab.Order("web-01"));
    }

    sealed class RecordingLauncher : IRemoverLauncher
    {
        public bool GivesAllRights => false;

        internal ConcurrentQueue<RemovalOrder> Orders { get; } = new();

        internal Action Before { get; set; } = static () => { };

        internal string? Obstacle { get; set; }

        public Task<string?> FindObstacleAsync(CancellationToken cancellationToken = default) => Task.FromResult(Obstacle);

        public Task LaunchAsync(RemovalOrder order, CancellationToken cancellationToken = default)
        {
            Before();
            Orders.Enqueue(order);
            return Task.CompletedTask;
        }
    }
}
