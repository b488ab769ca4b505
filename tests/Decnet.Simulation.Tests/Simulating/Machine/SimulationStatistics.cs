namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What happened in runs, in numbers.</summary>
internal sealed record SimulationStatistics : ISimulationStatistics<SimulationStatistics>
{
    public long Seeds { get; set; }

    internal long Steps { get; set; }

    internal long Calls { get; set; }

    internal long Crashes { get; set; }

    internal long PowerLosses { get; set; }

    internal long Passes { get; set; }

    internal long Repairs { get; set; }

    internal long Holds { get; set; }

    internal long Refusals { get; set; }

    internal long Events { get; set; }

    /// <summary>Operations by kind and outcome.</summary>
    internal SortedDictionary<string, long> Operations { get; } = new(StringComparer.Ordinal);

    /// <summary>Crashes of processes that were working on operations.</summary>
    internal long CrashesInOperations { get; set; }

    /// <summary>Operations that a sweep ended.</summary>
    internal long Swept { get; set; }

    /// <summary>Orders that were refused before anything was changed.</summary>
    internal long OrdersRefused { get; set; }

    public void Add(SimulationStatistics other)
    {
        Seeds += other.Seeds;
        Steps += other.Steps;
        Calls += other.Calls;
        Crashes += other.Crashes;
        PowerLosses += other.PowerLosses;
        Passes += other.Passes;
        Repairs += other.Repairs;
        Holds += other.Holds;
        Refusals += other.Refusals;
        Events += other.Events;
        CrashesInOperations += other.CrashesInOperations;
        Swept += other.Swept;
        OrdersRefused += other.OrdersRefused;
        foreach (var (outcome, count) in other.Operations)
        {
            Operations[outcome] = Operations.GetValueOrDefault(outcome) + count;
        }
    }

    public override string ToString() =>
        $"{Seeds} seeds, {Steps} steps, {Calls} traced calls, {Crashes} crashes ({PowerLosses} with loss of power), {Passes} passes, "
        + $"{Repairs} repairs, {Holds} holds, {Refusals} stale plans refused, {Events} events replayed, "
        + $"{Operations.Values.Sum()} operations ({string.Join(", ", Operations.Select(outcome => $"{outcome.Value} {outcome.Key}"))}), "
        + $"{CrashesInOperations} crashes inside operations, {Swept} operations swept, {OrdersRefused} orders refused";
}
