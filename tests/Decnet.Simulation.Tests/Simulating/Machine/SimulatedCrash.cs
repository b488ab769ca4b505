namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>The process ends here, between two steps of its input and output. Nothing of it runs on.</summary>
internal sealed class SimulatedCrash(string where) : Exception($"the process crashed: {where}");
