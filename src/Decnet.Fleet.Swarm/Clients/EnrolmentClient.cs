namespace Decnet.Fleet.Swarm.Clients;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>
/// Asks a master to enrol this host. All that is known of the master is the fingerprint of its authority: whether it is the right
/// one is decided in the handshake, before the token is sent.
/// </summary>
/// <param name="host">Where the master listens: a host name or address.</param>
/// <param name="port">Its port for enrolments, <see cref="SwarmProtocol.EnrolmentPort"/> unless another one was chosen.</param>
/// <param name="authority">The fingerprint of the authority, as the operator gave it.</param>
/// <param name="clock">The time.</param>
internal sealed class EnrolmentClient(string host, int port, string authority, TimeProvider clock) : IDisposable
{
    readonly PeerConnection connection = new($"the master ({host}:{port})", clock);

    /// <exception cref="PeerUnreachableException">No answer was had.</exception>
    /// <exception cref="PeerRefusedException">The other side is not the master that was expected; it has not seen the token.</exception>
    /// <exception cref="RequestRefusedException">The master refused, as for a token that is used or expired.</exception>
    internal async Task<EnrolmentReply> EnrolAsync(EnrolmentRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await connection.SendAsync(
            new UriBuilder("https", host, port).Uri, new PeerSide(identity: null, authority, Judge),
            PeerRequest.Post("/swarm/enroll", request, SwarmJsonContext.Default.EnrolmentRequest), cancellationToken).ConfigureAwait(false);
        return answer.Read(SwarmJsonContext.Default.EnrolmentReply);
    }

    public void Dispose() => connection.Dispose();

    PeerRefusedException? Judge(string peer, X509Certificate2? certificate)
    {
        using var shown = certificate is null ? null : EmbeddedAuthority.Read(certificate);
        var found = shown is null ? null : CertificateFingerprint.Of(shown);
        if (shown is not null && found == authority)
        {
            return PeerSide.Refusal(
                peer,
                new PeerPolicy(shown, revocations: null, clock, HostTrust.ClockTolerance).Judge(certificate, PeerExpectation.AnyMaster(PeerUse.Server)));
        }

        return new PeerRefusedException(
            peer,
            "other_authority",
            $"{peer} is not the one of the fleet with the authority {CertificateFingerprint.Text(authority)}: "
            + (found is null ? "it shows no authority" : $"its authority is {CertificateFingerprint.Text(found)}")
            + ". The token was not sent. See that address, port and fingerprint are as the master printed them; else somebody stands between.")
        {
            Expected = authority,
            Actual = found,
        };
    }
}
