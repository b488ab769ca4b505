namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>
/// The certificate of the authority inside the master's own. .NET never sends the root of a chain, and a host that enrols knows
/// nothing of it but a fingerprint: with this it can check the whole chain within the handshake, before it sends anything. The
/// extension proves nothing by itself; the fingerprint does.
/// </summary>
internal static class EmbeddedAuthority
{
    /// <summary>A UUID of our own as an object identifier (ITU-T X.667).</summary>
    internal const string Oid = "2.25.93734670389130690634579401541571333403";

    internal static X509Extension Extension(X509Certificate2 authority) => new(Oid, authority.RawDataMemory.Span, critical: false);

    /// <summary>Null when there is none, or it is no certificate.</summary>
    internal static X509Certificate2? Read(X509Certificate2 certificate)
    {
        if (certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == Oid) is not { } extension)
        {
            return null;
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(extension.RawData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
