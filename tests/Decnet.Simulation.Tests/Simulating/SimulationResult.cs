namespace Decnet.Simulation.Tests.Simulating;

using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>A run that held all invariants.</summary>
internal sealed record SimulationResult<TStatistics>(TStatistics Statistics, Trace Trace);
