namespace Decnet.Fleet.Swarm.Tests.Agents;

/// <summary>What a test keeps its rows in.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
}
