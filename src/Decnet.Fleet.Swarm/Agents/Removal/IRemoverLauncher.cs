namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>Starts the remover of a host, so that it outlives the agent that asks for it.</summary>
public interface IRemoverLauncher
{
    /// <summary>Whether the remover has all rights, whatever those of this process are.</summary>
    bool GivesAllRights { get; }

    /// <summary>Says why it could not be started, as far as that shows before.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reason, with what to do; null for none.</returns>
    Task<string?> FindObstacleAsync(CancellationToken cancellationToken = default);

    /// <summary>Starts it. A remover of the same request that runs already is left to it.</summary>
    /// <param name="order">What to start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it runs.</returns>
    /// <exception cref="DecnetException">It could not be started; the message says why.</exception>
    Task LaunchAsync(RemovalOrder order, CancellationToken cancellationToken = default);
}
