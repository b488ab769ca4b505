namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Keeps whom a host trusts, and its certificate, in its folder <c>pki</c>.</summary>
/// <param name="pki">The folder.</param>
internal sealed class HostTrustKeeper(HostPki pki) : ITrustKeeper
{
    public long TrustVersion => pki.Current.Bundle.Version;

    public Task TakeAsync(TrustBundle bundle, CancellationToken cancellationToken = default) => pki.AcceptTrustAsync(bundle, cancellationToken);

    public async Task RenewIfDueAsync(IMasterClient master, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(master);
        pki.ReportAge();
        if (await pki.RequestRenewalAsync(cancellationToken).ConfigureAwait(false) is { } request)
        {
            var reply = await master.RenewAsync(new RenewalRequest(SwarmProtocol.Version, request), cancellationToken).ConfigureAwait(false);
            await pki.AcceptCertificateAsync(reply.Certificate, cancellationToken).ConfigureAwait(false);
        }
    }
}
