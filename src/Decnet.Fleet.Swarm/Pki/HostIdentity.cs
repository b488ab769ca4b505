namespace Decnet.Fleet.Swarm.Pki;

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>Who this process is to its peers: a certificate of the fleet with its key, for servers and clients alike.</summary>
internal sealed class HostIdentity
{
    HostIdentity(X509Certificate2 certificate, LeafRole role, X509Certificate2 authority)
    {
        Certificate = certificate;
        Role = role;
        Fingerprint = CertificateFingerprint.Of(certificate);
        ServerContext = SslStreamCertificateContext.Create(certificate, [authority], offline: true);
    }

    /// <summary>The certificate with its key.</summary>
    internal X509Certificate2 Certificate { get; }

    internal LeafRole Role { get; }

    internal string Fingerprint { get; }

    /// <summary>What a server shows, and a client, made once.</summary>
    internal SslStreamCertificateContext ServerContext { get; }

    /// <exception cref="PkiException">The certificate names no role.</exception>
    internal static HostIdentity Of(X509Certificate2 certificate, PrivateKey key, X509Certificate2 authority)
    {
        if (!LeafRole.TryRead(certificate, out var role))
        {
            throw new PkiException($"The certificate '{certificate.Subject}' does not name exactly one role in the fleet.");
        }

        var bound = key.Bind(certificate);
        if (OperatingSystem.IsWindows())
        {
            // Its TLS does not take keys that exist in memory alone.
            using var ephemeral = bound;
            bound = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
        }

        return new HostIdentity(bound, role, authority);
    }
}
