namespace Decnet.Simulation.Tests.Swarm;

using System.Globalization;
using Decnet.Simulation.Tests.Simulating;

/// <summary>What happened in runs, in numbers.</summary>
internal sealed record SwarmStatistics : ISimulationStatistics<SwarmStatistics>
{
    public long Seeds { get; set; }

    internal long Steps { get; set; }

    internal long Calls { get; set; }

    internal long Crashes { get; set; }

    internal long Lost { get; set; }

    internal long Repeated { get; set; }

    internal long Late { get; set; }

    internal long Foreign { get; set; }

    internal long Reports { get; set; }

    /// <summary>Operations of the master by kind and outcome.</summary>
    internal SortedDictionary<string, long> Operations { get; } = new(StringComparer.Ordinal);

    public void Add(SwarmStatistics other)
    {
        Seeds += other.Seeds;
        Steps += other.Steps;
        Calls += other.Calls;
        Crashes += other.Crashes;
        Lost += other.Lost;
        Repeated += other.Repeated;
        Late += other.Late;
        Foreign += other.Foreign;
        Reports += other.Reports;
        foreach (var (outcome, count) in other.Operations)
        {
            Operations[outcome] = Operations.GetValueOrDefault(outcome) + count;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seeds} seeds, {Steps} steps, {Calls} calls, {Crashes} crashes, {Reports} reports taken in; messages: {Lost} lost, {Repeated} repeated, {Late} late, {Foreign} foreign; {string.Join(", ", Operations.Select(outcome => $"{outcome.Key} {outcome.Value}"))}");
}
