namespace Decnet.Fleet.Swarm.Tests;

/// <summary>What a test keeps its rows in.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
}
