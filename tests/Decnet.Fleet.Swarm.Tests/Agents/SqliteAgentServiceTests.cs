namespace Decnet.Fleet.Swarm.Tests.Agents;

public sealed class SqliteAgentServiceTests() : AgentServiceContract(StoreKind.Sqlite);
