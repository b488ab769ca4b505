namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>Signs the certificates and the revocation lists of one fleet.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    internal const string Name = "CN=Decnet fleet CA";

    /// <summary>So much earlier than now begins what is signed, for clocks that are a little behind.</summary>
    internal static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    readonly PrivateKey key;

    /// <exception cref="PkiException">The certificate is no authority's, or the key is another one's.</exception>
    internal CertificateAuthority(X509Certificate2 certificate, PrivateKey key)
    {
        Check(certificate);
        if (!key.IsOf(certificate))
        {
            throw new PkiException("The key of the authority does not belong to its certificate. Restore both from the same backup.");
        }

        Certificate = certificate;
        this.key = key;
        Fingerprint = CertificateFingerprint.Of(certificate);
    }

    /// <summary>Its certificate, without the key.</summary>
    internal X509Certificate2 Certificate { get; }

    internal string Fingerprint { get; }

    /// <summary>Makes the certificate of a new authority.</summary>
    internal static X509Certificate2 SelfSign(PrivateKey key, TimeSpan lifetime, DateTimeOffset now)
    {
        var request = key.Request(Name);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.Create(request.SubjectName, key.Signer(), now - Backdating, now + lifetime, NewSerial());
    }

    /// <exception cref="PkiException">The certificate is no authority's.</exception>
    internal static void Check(X509Certificate2 certificate)
    {
        var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        if (constraints?.CertificateAuthority != true)
        {
            throw new PkiException($"The certificate '{certificate.Subject}' is not that of an authority.");
        }
    }

    /// <summary>Signs a certificate for a key.</summary>
    /// <exception cref="PkiException">The authority has expired.</exception>
    /// <exception cref="Model.FleetValidationException">A name is neither an address nor a host name.</exception>
    internal X509Certificate2 Issue(PublicKey subject, LeafOptions options, DateTimeOffset now)
    {
        if (now >= Certificate.NotAfter)
        {
            throw new PkiException(
                $"The fleet's authority expired on {Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}. Make a new one: move the folder 'pki' aside, and enrol every host again.");
        }

        var request = new CertificateRequest(
            new X500DistinguishedName($"CN=decnet {options.Role}"), subject, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        foreach (var extension in LeafExtensions.For(subject, options, Certificate))
        {
            request.CertificateExtensions.Add(extension);
        }

        var begin = Later(now - Backdating, Certificate.NotBefore);
        var end = now + options.Lifetime;
        end = end < Certificate.NotAfter ? end : Certificate.NotAfter;
        return request.Create(Certificate.SubjectName, key.Signer(), begin, end, NewSerial());
    }

    /// <summary>Signs a revocation list: what is revoked in the present one, and more.</summary>
    internal RevocationList Revoke(RevocationList? present, IEnumerable<X509Certificate2> revoked, TimeSpan lifetime, DateTimeOffset now)
    {
        var builder = present is null ? new CertificateRevocationListBuilder() : CertificateRevocationListBuilder.Load(present.Der, out _);
        foreach (var certificate in revoked.Where(certificate => present?.IsRevoked(certificate) != true))
        {
            builder.AddEntry(certificate.SerialNumberBytes.Span, now, X509RevocationReason.CessationOfOperation);
        }

        // Numbers follow the clock, so that they grow even when the list before was lost.
        var number = Math.Max((present?.Number ?? 0) + 1, now.ToUnixTimeSeconds());
        var identifier = X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false);
        var der = builder.Build(Certificate.SubjectName, key.Signer(), number, now + lifetime, HashAlgorithmName.SHA256, identifier, now - Backdating);
        return RevocationList.Read(der, Certificate);
    }

    public void Dispose() => key.Dispose();

    /// <summary>128 random bits but for the first two, which keep it positive and of one length.</summary>
    static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
