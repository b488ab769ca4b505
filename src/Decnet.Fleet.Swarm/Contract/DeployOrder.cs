namespace Decnet.Fleet.Swarm.Contract;

using Decnet.Fleet.Model;

/// <summary>One decky to deploy.</summary>
/// <param name="OperationId">The operation, the same at master and host.</param>
/// <param name="Decky">What it shall be, with the address that it has at the master.</param>
public sealed record DeployOrder(Guid OperationId, Decky Decky);
