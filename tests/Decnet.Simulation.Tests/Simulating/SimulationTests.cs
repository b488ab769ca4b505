namespace Decnet.Simulation.Tests.Simulating;

using Decnet.Simulation.Tests.Simulating.Machine;
using Xunit;

public sealed class SimulationTests(ITestOutputHelper output)
{
    const int SeedsInCi = 800;
    const int SeedsInCampaign = 20_000;

    [Fact]
    public Task All_invariants_hold_for_every_seed() => SeedCampaign.RunAsync(
        "Simulation", SimulationSeeds.Of(SeedsInCi, SeedsInCampaign), (seed, keptLines) => Simulation.RunAsync(seed, keptLines: keptLines), output);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public async Task A_seed_repeats_its_run_exactly(int seed, bool sqlite)
    {
        var kind = sqlite ? StoreKind.Sqlite : StoreKind.Memory;
        var one = await Simulation.RunAsync(seed, kind);
        var other = await Simulation.RunAsync(seed, kind);
        Assert.Equal(one.Trace.Lines, other.Trace.Lines);
        Assert.Equal(one.Trace.Hash, other.Trace.Hash);
        Assert.NotEqual(one.Trace.Hash, (await Simulation.RunAsync(seed + 100, kind)).Trace.Hash);
    }

    [Fact]
    public async Task Both_stores_give_the_same_run()
    {
        var memory = await Simulation.RunAsync(7, StoreKind.Memory);
        var sqlite = await Simulation.RunAsync(7, StoreKind.Sqlite);
        Assert.Equal(memory.Trace.Hash, sqlite.Trace.Hash);
    }
}
