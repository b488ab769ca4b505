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
    [InlineData(RepairMode.Off, false)]
    [InlineData(RepairMode.Recreate, false)]
    [InlineData(RepairMode.Recreate, true)]
    public async Task Rows_stay_while_the_engine_is_away_and_follow_when_it_is_back(RepairMode repair, bool killed)
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine.Endpoint, TestFleet.OfWebs(1));
        await using var worker = new RunningWorker(scene, new ReconcileOptions { Repair = repair });
        await worker.NextAsync(pass => pass.IsConverged);
        var rows = await scene.RowsAsync();

        await (killed ? engine.KillDaemonAsync() : engine.StopDaemonAsync());
        var held = await worker.NextAsync(pass => pass.Holds.Any(hold => hold.Kind == HoldKind.RuntimeUnreachable));

        Assert.NotEmpty(held.HoldReason!);
        Assert.Contains("engine", held.HoldReason!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, held.StateUpdated);
        Assert.Equal(Told(rows), Told(await scene.RowsAsync()));

        await engine.StartDaemonAsync();
        await worker.NextAsync(pass => pass.IsConverged);
        Assert.All(await scene.RowsAsync(), row => Assert.Equal((DeckyState.Running, null), (row.State, row.Reason)));
        // It listens again: what happens now is told long before the interval is over.
        await engine.DockerCli("kill", "web-01-ssh");
        await Eventually.TrueAsync(async () => (await scene.RowAsync("web-01")).State == DeckyState.Degraded || worker.Repairs > 0);
        if (repair == RepairMode.Recreate)
        {
            await worker.NextAsync(pass => pass.IsConverged);
            Assert.StartsWith("SSH-2.0-", await scene.HearAsync("web-01", TestFleet.Web(1), 22), StringComparison.Ordinal);
        }
    }

    [EngineFact]
    public async Task Container_that_ended_while_the_engine_was_away_is_told_after_its_return()
    {
        await using var engine = await PrivateEngine.StartAsync();
        await using var scene = await FleetScene.DeployedAsync(engine.Endpoint, TestFleet.OfWebs(1));
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

    static string Told(IEnumerable<DeckyRow> rows) => string.Join('\n', rows.Select(row => $"{row.Name} {row.State} {row.Reason} {row.Revision}"));
}
