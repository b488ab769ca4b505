namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;

/// <summary>What every order of a command says.</summary>
/// <param name="OperationId">The operation, the same at master and host.</param>
/// <param name="Name">The decky.</param>
internal readonly record struct CommandOrder(Guid OperationId, DeckyName Name);
