namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Swarm.Contract;

/// <summary>Speaks to the master of a fleet. Each call is one request; it is not repeated here.</summary>
/// <remarks>It throws what <see cref="IAgentClient"/> throws.</remarks>
public interface IMasterClient
{
    /// <summary>Sends a report. When it returns, the master has stored what is in it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Ends the call; the master may have stored it nevertheless.</param>
    /// <returns>The version of the newest <see cref="TrustBundle"/>.</returns>
    Task<long> ReportAsync(HostReport report, CancellationToken cancellationToken = default);

    /// <summary>Fetches whom to trust.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The newest bundle.</returns>
    Task<TrustBundle> GetTrustAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks for a certificate for a new key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The certificate.</returns>
    Task<RenewalReply> RenewAsync(RenewalRequest request, CancellationToken cancellationToken = default);

    /// <summary>Tells how the self-destruction of this host ended.</summary>
    /// <param name="farewell">The result.</param>
    /// <param name="cancellationToken">Ends the call; the master may have stored it nevertheless.</param>
    /// <returns>A task that ends when the master has stored it. It may be told again.</returns>
    Task FarewellAsync(HostFarewell farewell, CancellationToken cancellationToken = default);
}
