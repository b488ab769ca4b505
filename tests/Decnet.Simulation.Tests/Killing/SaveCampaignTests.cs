namespace Decnet.Simulation.Tests.Killing;

using System.Globalization;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class SaveCampaignTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Weakness", "L-0.3")]
    [Trait("Weakness", "W-02")]
    public async Task A_process_killed_while_it_saves_never_costs_the_fleet()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("decnet-state.json");
        var random = new Random(Campaign.Seed);
        var (highest, loads, unacknowledged, litter) = (0L, 0, 0, 0);
        for (var kill = 1; kill <= Campaign.Kills; kill++)
        {
            using var victim = VictimProcess.Start("save", path, random.Next().ToString(CultureInfo.InvariantCulture));
            var acknowledged = long.Parse((await victim.ReadLineAsync())!, CultureInfo.InvariantCulture);
            using var end = new CancellationTokenSource();
            var reader = LoadUntilAsync(path, acknowledged, end.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 150));
            acknowledged = Math.Max(acknowledged, await victim.KillAsync());
            await end.CancelAsync();
            loads += await reader;

            var state = await new FleetFile(path).LoadAsync();
            var known = state as DesiredState.Known;
            Assert.True(known is not null, $"seed {Campaign.Seed}, kill {kill}: {state}");
            Assert.True(known.Origin == FleetFileOrigin.Saved, $"seed {Campaign.Seed}, kill {kill}: {known.Origin}");
            Assert.True(known.Generation >= Math.Max(highest, acknowledged), $"seed {Campaign.Seed}, kill {kill}: {known.Generation} after {acknowledged}");
            unacknowledged += known.Generation > acknowledged ? 1 : 0;
            litter += Directory.GetFiles(folder.Path, "*.tmp").Length;
            Assert.True(Directory.GetFiles(folder.Path).Length <= 5, $"seed {Campaign.Seed}, kill {kill}: {string.Join(' ', Directory.GetFiles(folder.Path))}");
            await (await FleetLock.AcquireAsync(folder.File("decnet.lock"), TimeSpan.Zero, "checking")).DisposeAsync();
            highest = known.Generation;
        }

        Summary(string.Create(
            CultureInfo.InvariantCulture,
            $"save campaign: seed {Campaign.Seed}, {Campaign.Kills} kills, {highest} generations, {loads} loads, {unacknowledged} saved but not acknowledged, {litter} temporary files left and cleaned up"));
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task The_death_of_a_process_frees_its_lock_and_its_life_names_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("decnet.lock");
        using var victim = VictimProcess.Start("hold", path);
        var holder = await victim.ReadLineAsync();
        var error = await Assert.ThrowsAsync<FleetLockedException>(() => FleetLock.AcquireAsync(path, TimeSpan.Zero, "checking"));
        Assert.Equal(holder, error.Holder);
        Assert.Contains($"Decnet.Victim (pid {victim.Id} ", error.Message, StringComparison.Ordinal);
        var waiting = FleetLock.AcquireAsync(path, TimeSpan.FromSeconds(30), "waiting");
        await victim.KillAsync();
        await (await waiting).DisposeAsync();
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task Two_processes_that_update_at_once_lose_nothing()
    {
        const int each = 30;
        using var folder = new TemporaryFolder();
        var path = folder.File("decnet-state.json");
        using var left = VictimProcess.Start("add", path, "left", each.ToString(CultureInfo.InvariantCulture));
        using var right = VictimProcess.Start("add", path, "right", each.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((0, ""), await left.EndAsync());
        Assert.Equal((0, ""), await right.EndAsync());
        var known = Assert.IsType<DesiredState.Known>(await new FleetFile(path).LoadAsync());
        Assert.Equal(2 * each, known.Generation);
        Assert.Equal(2 * each, known.Fleet.Deckies.Select(decky => decky.Name).Distinct().Count());
    }

    static async Task<int> LoadUntilAsync(string path, long lowest, CancellationToken end)
    {
        var file = new FleetFile(path);
        var loads = 0;
        while (!end.IsCancellationRequested)
        {
            var known = Assert.IsType<DesiredState.Known>(await file.LoadAsync(CancellationToken.None));
            Assert.True(known.Generation >= lowest);
            lowest = known.Generation;
            loads++;
            await Task.Delay(1, CancellationToken.None);
        }

        return loads;
    }

    void Summary(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
