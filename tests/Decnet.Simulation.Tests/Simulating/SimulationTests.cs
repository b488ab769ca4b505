namespace Decnet.Simulation.Tests.Simulating;

using Decnet.Simulation.Tests.Simulating.Machine;
using Xunit;

public sealed class SimulationTests(ITestOutputHelper output)
{
    const int SeedsInCi = 800;
    const int SeedsInCampaign = 20_000;

    // A seed takes milliseconds; one that takes so long goes round in circles.
    static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_invariants_hold_for_every_seed()
    {
        var (first, count) = SimulationSeeds.Of(SeedsInCi, SeedsInCampaign);
        var total = new SimulationStatistics();
        var failures = new List<SimulationException>();
        var endless = new List<int>();
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(Enumerable.Range(first, count), parallel, async (seed, _) =>
        {
            try
            {
                var run = Task.Run(() => Simulation.RunAsync(seed, keptLines: count == 1 ? int.MaxValue : 60), CancellationToken.None);
                if (count > 1 && await Task.WhenAny(run, Task.Delay(LongestRun, CancellationToken.None)) != run)
                {
                    lock (gate)
                    {
                        endless.Add(seed);
                    }

                    return;
                }

                var result = await run;
                lock (gate)
                {
                    total.Add(result.Statistics);
                }

                if (count == 1)
                {
                    output.WriteLine(string.Join('\n', result.Trace.Tail));
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
        var summary = $"Simulation: {total}, {failures.Count} seeds failed";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        var ordered = failures.OrderBy(failure => failure.Seed).ToArray();
        var causes = ordered.Select(failure => $"{failure.Seed}: {failure.InnerException!.Message}");
        Assert.True(ordered.Length == 0, $"{ordered.Length} of {count} seeds failed.\n{string.Join('\n', causes.Take(50))}\n\n{string.Join("\n\n", ordered.Take(3).AsEnumerable())}");
        Assert.True(endless.Count == 0, $"These seeds do not end: {string.Join(", ", endless)}");
        Assert.Equal(count, total.Seeds);
    }

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
