namespace Decnet.Fleet.Swarm.Tests.Masters;

public enum StoreKind
{
    Memory,
    Sqlite,
}
