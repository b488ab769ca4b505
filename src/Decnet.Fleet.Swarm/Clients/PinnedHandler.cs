namespace Decnet.Fleet.Swarm.Clients;

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Pki;

/// <summary>HTTP over connections whose other end was judged within their own handshakes.</summary>
internal static class PinnedHandler
{
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A handshake costs both sides some milliseconds; a thousand hosts that report to one master shall not do it again and again.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Longer than the pause between two reports, shorter than a server keeps idle connections.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(100);

    /// <param name="identity">Who calls; null for one that has no certificate yet.</param>
    /// <param name="judge">Judges what the other side shows; what it throws ends the connection before anything is sent.</param>
    internal static SocketsHttpHandler Create(HostIdentity? identity, Action<X509Certificate2?> judge) => new()
    {
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = Lifetime,
        PooledConnectionIdleTimeout = Idle,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5398 // Older versions must not be spoken, whatever the system allows.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
            AllowTlsResume = false,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            // The policy judges the chain. This keeps the system from fetching certificates that the other side's certificate names,
            // and from building a chain to its own authorities, which costs the client as much as the rest of a handshake.
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
            ClientCertificateContext = identity?.ServerContext,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                judge(certificate as X509Certificate2);
                return true;
            },
        },
    };
}
