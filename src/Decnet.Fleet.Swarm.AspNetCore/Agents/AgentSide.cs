namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The agent itself.</summary>
internal sealed class AgentSide(AgentService service, Func<SelfDestructCommand, CancellationToken, Task<SelfDestructReply>>? selfDestruct) : IAgentSide
{
    public Task<AgentStatus> StatusAsync(CancellationToken cancellationToken) => service.StatusAsync(cancellationToken);

    public Task<CommandReply> DeployAsync(DeployCommand command, CancellationToken cancellationToken) => service.DeployAsync(command, cancellationToken);

    public Task<CommandReply> MutateAsync(MutateCommand command, CancellationToken cancellationToken) => service.MutateAsync(command, cancellationToken);

    public Task<CommandReply> TeardownAsync(TeardownCommand command, CancellationToken cancellationToken) => service.TeardownAsync(command, cancellationToken);

    public Task<SelfDestructReply> SelfDestructAsync(SelfDestructCommand command, CancellationToken cancellationToken) =>
        selfDestruct?.Invoke(command, cancellationToken)
        ?? throw new OperationConflictException("This agent is part of another program, which does not let itself be removed.");
}
