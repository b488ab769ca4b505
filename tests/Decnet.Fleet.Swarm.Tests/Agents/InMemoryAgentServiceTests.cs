namespace Decnet.Fleet.Swarm.Tests.Agents;

public sealed class InMemoryAgentServiceTests() : AgentServiceContract(StoreKind.Memory);
