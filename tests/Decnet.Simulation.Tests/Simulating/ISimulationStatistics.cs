namespace Decnet.Simulation.Tests.Simulating;

/// <summary>What happened in runs, in numbers that can be added up.</summary>
internal interface ISimulationStatistics<in TSelf>
{
    /// <summary>The runs.</summary>
    long Seeds { get; }

    /// <summary>Adds what happened in others.</summary>
    void Add(TSelf other);
}
