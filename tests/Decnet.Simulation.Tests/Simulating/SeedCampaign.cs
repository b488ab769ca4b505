namespace Decnet.Simulation.Tests.Simulating;

using Xunit;

/// <summary>Runs many seeds of a simulation, all of them though some fail, and says what came of them.</summary>
internal static class SeedCampaign
{
    const int KeptLines = 60;
    const int ShownFailures = 2;

    /// <summary>A seed takes milliseconds; one that takes so long goes round in circles.</summary>
    static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    /// <param name="title">What is run, for the line that sums it up.</param>
    /// <param name="seeds">Which seeds. One alone shows its whole trace, and may take any time.</param>
    /// <param name="runAsync">Runs a seed, and keeps that many lines of its trace.</param>
    /// <param name="output">The output of the test.</param>
    internal static async Task RunAsync<TStatistics>(
        string title, (int First, int Count) seeds, Func<int, int, Task<SimulationResult<TStatistics>>> runAsync, ITestOutputHelper output)
        where TStatistics : ISimulationStatistics<TStatistics>, new()
    {
        var total = new TStatistics();
        var failures = new List<SimulationException>();
        var endless = new List<int>();
        var gate = new Lock();
        var isAlone = seeds.Count == 1;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(Enumerable.Range(seeds.First, seeds.Count), parallel, async (seed, _) =>
        {
            try
            {
                var run = Task.Run(() => runAsync(seed, isAlone ? int.MaxValue : KeptLines), CancellationToken.None);
                var result = isAlone ? await run : await run.WaitAsync(LongestRun, CancellationToken.None);
                lock (gate)
                {
                    total.Add(result.Statistics);
                }

                if (isAlone)
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
            catch (TimeoutException)
            {
                lock (gate)
                {
                    endless.Add(seed);
                }
            }
        });
        var summary = $"{title}: {total}, {failures.Count} seeds failed";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        Assert.True(failures.Count == 0, Describe(failures, seeds.Count));
        Assert.True(endless.Count == 0, $"These seeds do not end: {string.Join(", ", endless)}");
        Assert.Equal(seeds.Count, total.Seeds);
    }

    static string Describe(List<SimulationException> failures, int count)
    {
        var ordered = failures.OrderBy(failure => failure.Seed).ToArray();
        var causes = ordered.Select(failure => $"{failure.Seed}: {failure.InnerException!.Message}");
        return $"{ordered.Length} of {count} seeds failed.\n{string.Join('\n', causes.Take(50))}\n\n{string.Join("\n\n", ordered.Take(ShownFailures).AsEnumerable())}";
    }
}
