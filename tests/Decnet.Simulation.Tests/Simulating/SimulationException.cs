namespace Decnet.Simulation.Tests.Simulating;

using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>A run that did not hold an invariant: which, when, what led there, and how to run it again.</summary>
internal sealed class SimulationException(int seed, StoreKind store, int step, Trace trace, Exception cause) : Exception(
    $"""
    Seed {seed} (store: {store}), step {step}: {cause.Message}
    Run it again with: DECNET_SIM_SEED={seed} dotnet run --project tests/Decnet.Simulation.Tests -- -class "*SimulationTests"
    The last of {trace.Lines} lines:
    {string.Join('\n', trace.Tail)}
    """,
    cause)
{
    internal int Seed => seed;
}
