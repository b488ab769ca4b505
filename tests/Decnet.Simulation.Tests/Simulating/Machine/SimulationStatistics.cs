namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What happened in runs, in numbers.</summary>
internal sealed record SimulationStatistics
{
    internal long Seeds { get; set; }

    internal long Steps { get; set; }

    internal long Calls { get; set; }

    internal long Crashes { get; set; }

    internal long PowerLosses { get; set; }

    internal long Passes { get; set; }

    internal long Repairs { get; set; }

    internal long Holds { get; set; }

    internal long Refusals { get; set; }

    internal long Events { get; set; }

    internal void Add(SimulationStatistics other)
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
    }

    public override string ToString() =>
        $"{Seeds} seeds, {Steps} steps, {Calls} traced calls, {Crashes} crashes ({PowerLosses} with loss of power), {Passes} passes, "
        + $"{Repairs} repairs, {Holds} holds, {Refusals} stale plans refused, {Events} events replayed";
}
