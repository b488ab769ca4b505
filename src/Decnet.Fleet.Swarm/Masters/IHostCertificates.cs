namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The authority of the fleet, as the registry of hosts needs it. All members may be called from several threads.</summary>
public interface IHostCertificates
{
    /// <summary>Whom a host trusts now.</summary>
    TrustBundle Trust { get; }

    /// <summary>Signs a certificate for the key of a request; nothing else of the request counts.</summary>
    /// <param name="certificateRequest">The request (PKCS #10, PEM).</param>
    /// <param name="hostId">The host, which the certificate names.</param>
    /// <param name="addresses">The host names and addresses that it is good for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="FleetValidationException">The request is none, is not signed by its own key, or its key is too weak.</exception>
    Task<IssuedCertificate> IssueAsync(string certificateRequest, HostId hostId, IReadOnlyList<string> addresses, CancellationToken cancellationToken = default);

    /// <summary>Revokes every certificate that a host was given. What is revoked stays so.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the revocation list is written.</returns>
    Task RevokeAsync(HostId hostId, CancellationToken cancellationToken = default);
}
