namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using Decnet.Fleet.Swarm.Contract;

/// <summary>What the endpoints of an agent call.</summary>
internal interface IAgentSide
{
    /// <summary>Looks at the host.</summary>
    Task<AgentStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Begins to deploy deckies; on return it is recorded.</summary>
    Task<CommandReply> DeployAsync(DeployCommand command, CancellationToken cancellationToken);

    /// <summary>Begins to give deckies other services; on return it is recorded.</summary>
    Task<CommandReply> MutateAsync(MutateCommand command, CancellationToken cancellationToken);

    /// <summary>Begins to remove deckies; on return it is recorded.</summary>
    Task<CommandReply> TeardownAsync(TeardownCommand command, CancellationToken cancellationToken);

    /// <summary>Asks for a confirmation, or begins to remove the host.</summary>
    Task<SelfDestructReply> SelfDestructAsync(SelfDestructCommand command, CancellationToken cancellationToken);
}
