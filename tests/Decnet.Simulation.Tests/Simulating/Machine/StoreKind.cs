namespace Decnet.Simulation.Tests.Simulating.Machine;

internal enum StoreKind
{
    Memory,
    Sqlite,
}
