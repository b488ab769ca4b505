namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>What starts the remover of a host.</summary>
/// <param name="OperationId">The request, <see cref="Contract.SelfDestructCommand.OperationId"/>.</param>
/// <param name="Command">The program, by absolute path, and its arguments.</param>
public sealed record RemovalOrder(Guid OperationId, ValueList<string> Command);
