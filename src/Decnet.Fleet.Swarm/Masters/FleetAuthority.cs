namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The authority of the master's folder <c>pki</c>.</summary>
/// <param name="open">Opens the folder, or gives the one that is open: who only looks at hosts needs none.</param>
internal sealed class FleetAuthority(Func<MasterPki> open) : IHostCertificates
{
    internal FleetAuthority(MasterPki pki) : this(() => pki)
    {
    }

    public TrustBundle Trust => open().Current.Bundle;

    public async Task<IssuedCertificate> IssueAsync(
        string certificateRequest, HostId hostId, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        using var certificate = await open().IssueAsync(certificateRequest, hostId, [.. addresses], cancellationToken).ConfigureAwait(false);
        return new IssuedCertificate(certificate.ExportCertificatePem(), CertificateFingerprint.Of(certificate));
    }

    public Task RevokeAsync(HostId hostId, CancellationToken cancellationToken) => open().RevokeAsync(hostId, cancellationToken);
}
