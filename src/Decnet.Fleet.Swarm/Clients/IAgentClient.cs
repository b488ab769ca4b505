namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Speaks to the agents of hosts. Each call is one request; it is not repeated here. Calls may be made by several threads.</summary>
/// <remarks>
/// All calls throw <see cref="PeerUnreachableException"/> when no answer was had, <see cref="PeerRefusedException"/> when the other
/// side is not who it should be, <see cref="RequestRefusedException"/> when it answered that it does not do it, and
/// <see cref="OperationCanceledException"/>.
/// </remarks>
public interface IAgentClient
{
    /// <summary>Asks whether the agent is there.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its answer.</returns>
    Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken = default);

    /// <summary>Asks how the host is.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its answer.</returns>
    Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken = default);

    /// <summary>Orders deckies to be deployed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The deckies.</param>
    /// <param name="cancellationToken">Ends the call; the host may have accepted it nevertheless.</param>
    /// <returns>What it has accepted, or would do.</returns>
    Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken = default);

    /// <summary>Orders deckies to get other services.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The deckies.</param>
    /// <param name="cancellationToken">Ends the call; the host may have accepted it nevertheless.</param>
    /// <returns>What it has accepted, or would do.</returns>
    Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken = default);

    /// <summary>Orders deckies to be removed.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The deckies.</param>
    /// <param name="cancellationToken">Ends the call; the host may have accepted it nevertheless.</param>
    /// <returns>What it has accepted, or would do.</returns>
    Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken = default);

    /// <summary>Orders the host to remove its deckies and then itself.</summary>
    /// <param name="host">The host.</param>
    /// <param name="command">The order, at first without a confirmation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The confirmation to send, or that it has begun.</returns>
    Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken = default);
}
