namespace Decnet.Fleet.Swarm.AspNetCore.Kestrel;

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

/// <summary>The TLS handshakes of a server: each shows the certificate of the moment, and judges the peer's by the policy of the moment.</summary>
/// <param name="trust">What the server shows and whom it believes.</param>
/// <param name="logger">Where refused peers are logged.</param>
/// <param name="clock">The clock.</param>
internal sealed class PeerHandshake(Func<PeerTrust> trust, ILogger logger, TimeProvider clock)
{
    /// <summary>A handshake takes few round trips; one that takes longer only holds a connection.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly HandshakeLog log = new(logger, clock);

    /// <summary>Options of connections that need a certificate of the fleet.</summary>
    internal TlsHandshakeCallbackOptions Mutual() => Options((context, now) =>
    {
        var remote = context.Connection.RemoteEndPoint;
        var options = Common(now);
        options.ClientCertificateRequired = true;
        // The policy judges the chain. This keeps the system from fetching certificates that a peer's certificate names.
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        options.RemoteCertificateValidationCallback = (_, certificate, _, _) => Judge(now, certificate as X509Certificate2, remote);
        return options;
    });

    /// <summary>Options of connections of those that have no certificate yet.</summary>
    internal TlsHandshakeCallbackOptions ServerOnly() => Options((_, now) => Common(now));

    TlsHandshakeCallbackOptions Options(Func<TlsHandshakeCallbackContext, PeerTrust, SslServerAuthenticationOptions> make) => new()
    {
        HandshakeTimeout = Longest,
        OnConnection = context => ValueTask.FromResult(make(context, trust())),
    };

    static SslServerAuthenticationOptions Common(PeerTrust now) => new()
    {
        ServerCertificateContext = now.Identity.ServerContext,
#pragma warning disable CA5398 // Older versions must not be spoken, whatever the system allows.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        // A resumed session would bring back what the certificate was worth when it began.
        AllowTlsResume = false,
    };

    bool Judge(PeerTrust now, X509Certificate2? certificate, EndPoint? remote)
    {
        var verdict = now.Policy.JudgeCertificate(certificate, PeerUse.Client);
        if (!verdict.IsAccepted)
        {
            log.Refused(remote, verdict);
        }

        return verdict.IsAccepted;
    }
}
