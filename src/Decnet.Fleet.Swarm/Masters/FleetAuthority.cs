namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The authority of the master's folder <c>pki</c>.</summary>
internal sealed class FleetAuthority(MasterPki pki) : IHostCertificates
{
    public TrustBundle Trust => pki.Current.Bundle;

    public async Task<IssuedCertificate> IssueAsync(
        string certificateRequest, HostId hostId, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        using var certificate = await pki.IssueAsync(certificateRequest, hostId, [.. addresses], cancellationToken).ConfigureAwait(false);
        return new IssuedCertificate(certificate.ExportCertificatePem(), CertificateFingerprint.Of(certificate));
    }

    public Task RevokeAsync(HostId hostId, CancellationToken cancellationToken) => pki.RevokeAsync(hostId, cancellationToken);
}
