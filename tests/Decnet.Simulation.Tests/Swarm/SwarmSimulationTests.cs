namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Simulation.Tests.Simulating;
using Decnet.Simulation.Tests.Simulating.Machine;
using Xunit;

public sealed class SwarmSimulationTests(ITestOutputHelper output)
{
    const int SeedsInCi = 100;
    const int SeedsInCampaign = 5_000;

    [Fact]
    public Task All_invariants_hold_for_every_seed() => SeedCampaign.RunAsync(
        "Swarm simulation", SimulationSeeds.Of(SeedsInCi, SeedsInCampaign), (seed, keptLines) => SwarmSimulation.RunAsync(seed, keptLines: keptLines), output);

    [Theory]
    [InlineData(1, StoreKind.Memory)]
    [InlineData(2, StoreKind.Memory)]
    [InlineData(3, StoreKind.Sqlite)]
    public async Task A_seed_repeats_its_run_exactly(int seed, object kind)
    {
        var one = await SwarmSimulation.RunAsync(seed, (StoreKind)kind);
        var other = await SwarmSimulation.RunAsync(seed, (StoreKind)kind);

        Assert.Equal(one.Trace.Lines, other.Trace.Lines);
        Assert.Equal(one.Trace.Hash, other.Trace.Hash);
    }
}
