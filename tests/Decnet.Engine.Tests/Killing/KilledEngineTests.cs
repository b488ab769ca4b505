namespace Decnet.Engine.Tests.Killing;

using System.Diagnostics;
using System.Globalization;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Decnet.Victim.Deploying;
using Xunit;

/// <summary>The engine's own death in the middle of a deploy. Our process lives on, and the engine is started again.</summary>
public sealed class KilledEngineTests(ITestOutputHelper output)
{
    [EngineFact]
    public async Task An_engine_killed_during_a_deploy_comes_back_to_a_fleet_that_the_next_passes_finish()
    {
        await using var daemon = await PrivateEngine.StartAsync();
        using var ground = new DeployGround(new RealEngine(daemon.Endpoint, daemon.DockerCli), 1);
        await ground.PrepareAsync(DeployKind.FromNothing, new Random(CampaignSettings.Seed));
        var length = await MeasureAsync(ground);
        var kills = CampaignSettings.Size(2, 12);
        var passes = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            var random = new Random(unchecked((CampaignSettings.Seed * 397) ^ kill));
            var kind = kill % 2 == 0 ? DeployKind.Change : DeployKind.FromNothing;
            var moment = length * ((kill + random.NextDouble()) / kills);
            try
            {
                await ground.PrepareAsync(kind, random);
                await KillDuringPassAsync(daemon, ground, moment);
                await daemon.StartDaemonAsync();
                passes += (await ground.JudgeAsync()).Passes;
            }
            catch (Exception error)
            {
                throw new DeployCampaignException(string.Create(
                    CultureInfo.InvariantCulture, $"DECNET_SEED={CampaignSettings.Seed}, kill {kill} ({kind}, after {moment.TotalMilliseconds:F1} ms): {error.Message}"), error);
            }
        }

        var line = $"kills of the engine: seed {CampaignSettings.Seed}, {kills} kills, {passes} passes needed";
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    static async Task<TimeSpan> MeasureAsync(DeployGround ground)
    {
        await using var folder = await DeployFolder.OpenAsync(ground.Path, ground.Engine.Endpoint);
        var begun = Stopwatch.GetTimestamp();
        Assert.False((await folder.PassAsync()).HasFailures);
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>The pass ends by itself, and says what failed; it does not hang, and it does not throw.</summary>
    static async Task KillDuringPassAsync(PrivateEngine daemon, DeployGround ground, TimeSpan moment)
    {
        await using var folder = await DeployFolder.OpenAsync(ground.Path, ground.Engine.Endpoint);
        var pass = Task.Run(folder.PassAsync);
        await Task.Delay(moment);
        await daemon.KillDaemonAsync();
        var result = await pass.WaitAsync(TimeSpan.FromMinutes(1));
        // Who asks now learns that nobody answers, and no row is touched.
        var rows = await folder.Store.ListDeckiesAsync();
        var held = await folder.PassAsync();
        Assert.Contains(held.Holds, hold => hold.Kind == HoldKind.RuntimeUnreachable);
        Assert.Equal(rows, await folder.Store.ListDeckiesAsync());
        Assert.NotNull(result);
    }
}
