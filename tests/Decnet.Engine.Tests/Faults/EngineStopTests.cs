namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Deploying;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>An engine that goes away and comes back while a worker runs.</summary>
public sealed class EngineStopTests
{
    [EngineTheory]
    [InlineData(RepairMode.Off)]
    [InlineData(RepairMode.Recreate)]
    public async Task Rows_stay_while_the_engine_is_away_and_follow_when_it_is_back(RepairMode repair)
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        await using var signals = new SignalLog(scene.Runtime);
        await using var worker = new RunningWorker(scene, repair);

        await worker.NextAsync(pass => pass.IsConverged);
        await engine.StopDaemonAsync();
        await AssertHeldAsync(scene, worker);
        await engine.StartDaemonAsync();
        if (repair == RepairMode.Off)
        {
            await StartWhatTheEngineGaveUpAsync(scene, worker);
        }

        await AssertResumedAsync(scene, worker);

        await engine.DockerCli("kill", "web-01-ssh");
        await Eventually.TrueAsync(() => Task.FromResult(signals.Contains("die web-01-ssh")));
        await worker.NextAsync(pass => repair == RepairMode.Off ? pass.StateUpdated == 1 : pass.Repaired == 1);
        Assert.Equal(repair == RepairMode.Off ? DeckyState.Degraded : DeckyState.Running, (await scene.RowAsync("web-01")).State);
    }

    /// <summary>The new daemon first ends the containers that went on without it; then it starts them by their restart policy.</summary>
    [EngineFact]
    public async Task Rows_stay_while_the_daemon_is_killed_and_follow_when_it_is_back()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        await using var worker = new RunningWorker(scene, RepairMode.Recreate);

        await worker.NextAsync(pass => pass.IsConverged);
        var rows = Told(await scene.RowsAsync());
        await engine.KillDaemonAsync();
        await AssertHeldAsync(scene, worker);
        Assert.Equal(rows, Told(await scene.RowsAsync()));
        await engine.StartDaemonAsync();
        await AssertResumedAsync(scene, worker);
        Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-01", TestFleet.Web(1), 22), StringComparison.Ordinal);
        Assert.Equal(3, (await scene.ContainersAsync()).Count);
    }

    [EngineFact]
    public async Task Container_that_ended_while_the_engine_was_away_is_told_after_its_return()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine, TestFleet.OfWebs(1));
        await scene.Docker("update", "--restart", "no", "web-01-ssh");
        await engine.StopDaemonAsync();
        var held = await scene.PassAsync();
        Assert.True(held.Held);
        Assert.Equal(DeckyState.Running, (await scene.RowAsync("web-01")).State);

        await engine.StartDaemonAsync();
        await scene.PassAsync(RepairMode.Off);

        var row = await scene.RowAsync("web-01");
        Assert.Equal(DeckyState.Degraded, row.State);
        Assert.StartsWith("web-01-ssh exited", row.Reason, StringComparison.Ordinal);
        await scene.PassAsync();
        await scene.AssertConvergedAsync();
    }

    /// <summary>While the daemon is away, passes hold and say why, and the rows stay as the daemon's last answer made them.</summary>
    static async Task AssertHeldAsync(FleetScene scene, RunningWorker worker)
    {
        var held = await worker.NextAsync(pass => pass.Holds.Any(hold => hold.Kind == HoldKind.RuntimeUnreachable));
        var rows = Told(await scene.RowsAsync());
        Assert.Contains("engine", held.HoldReason, StringComparison.OrdinalIgnoreCase);

        var next = await worker.NextAsync(_ => true);

        Assert.True(next.Held);
        Assert.Equal(rows, Told(await scene.RowsAsync()));
    }

    /// <summary>An engine sometimes starts services before their base, and gives them up: rows say so, and nobody else starts them.</summary>
    static async Task StartWhatTheEngineGaveUpAsync(FleetScene scene, RunningWorker worker)
    {
        await worker.NextAsync(pass => pass.IsConverged);
        foreach (var (name, facts) in await scene.ContainersAsync())
        {
            if (facts.State != "running")
            {
                Assert.Contains(name, (await scene.RowAsync("web-01")).Reason, StringComparison.Ordinal);
                await scene.Docker("start", name);
            }
        }
    }

    static async Task AssertResumedAsync(FleetScene scene, RunningWorker worker)
    {
        await Eventually.TrueAsync(async () => (await scene.RowsAsync()).All(row => row.State == DeckyState.Running));
        await worker.NextAsync(pass => pass.IsConverged);
        Assert.All(await scene.RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
    }

    static string Told(IEnumerable<DeckyRow> rows) => string.Join('\n', rows.Select(row => $"{row.Name} {row.State} {row.Reason} {row.Revision}"));
}
