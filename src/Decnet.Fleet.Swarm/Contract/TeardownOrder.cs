namespace Decnet.Fleet.Swarm.Contract;

using Decnet.Fleet.Model;

/// <summary>One decky to remove.</summary>
/// <param name="OperationId">The operation, the same at master and host.</param>
/// <param name="Name">The decky.</param>
public sealed record TeardownOrder(Guid OperationId, DeckyName Name);
