namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Simulation.Tests.Simulating;
using Decnet.Simulation.Tests.Simulating.Machine;
using Xunit;

public sealed class SwarmSimulationTests(ITestOutputHelper output)
{
    const int SeedsInCi = 100;
    const int SeedsInCampaign = 5_000;

    [Fact]
    public async Task All_invariants_hold_for_every_seed()
    {
        var (first, count) = SimulationSeeds.Of(SeedsInCi, SeedsInCampaign);
        var total = new SwarmStatistics();
        var failures = new List<SimulationException>();
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(Enumerable.Range(first, count), parallel, async (seed, _) =>
        {
            try
            {
                var (statistics, trace) = await SwarmSimulation.RunAsync(seed, keptLines: count == 1 ? int.MaxValue : 60);
                lock (gate)
                {
                    total.Add(statistics);
                }

                if (count == 1)
                {
                    output.WriteLine(string.Join('\n', trace.Tail));
                }
            }
            catch (SimulationException failure)
            {
                lock (gate)
                {
                    failures.Add(failure);
                }
            }
        });
        var summary = $"Swarm simulation: {total}, {failures.Count} seeds failed";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        var ordered = failures.OrderBy(failure => failure.Seed).ToArray();
        var causes = ordered.Select(failure => $"{failure.Seed}: {failure.InnerException!.Message}");
        Assert.True(ordered.Length == 0, $"{ordered.Length} of {count} seeds failed.\n{string.Join('\n', causes.Take(50))}\n\n{string.Join("\n\n", ordered.Take(2).AsEnumerable())}");
        Assert.Equal(count, total.Seeds);
    }

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
