namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Keeps whom a host trusts, and its own certificate.</summary>
public interface ITrustKeeper
{
    /// <summary>The version of the <see cref="TrustBundle"/> that the host has; 0 for none.</summary>
    long TrustVersion { get; }

    /// <summary>Takes up a newer bundle. When the task ends it is on disk, and new connections are judged by it.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is taken up.</returns>
    Task TakeAsync(TrustBundle bundle, CancellationToken cancellationToken = default);

    /// <summary>Renews the certificate of the host when it is time; else it does nothing.</summary>
    /// <param name="master">Who issues it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the new certificate is in use, or when there is nothing to do.</returns>
    Task RenewIfDueAsync(IMasterClient master, CancellationToken cancellationToken = default);
}
