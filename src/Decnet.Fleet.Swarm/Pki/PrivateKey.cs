namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>A private key with what certificates need of it, whichever algorithm it is of.</summary>
internal sealed class PrivateKey : IDisposable
{
    static readonly HashAlgorithmName Hash = HashAlgorithmName.SHA256;

    readonly AsymmetricAlgorithm key;

    PrivateKey(AsymmetricAlgorithm key) => this.key = key;

    internal static PrivateKey New(KeyAlgorithm algorithm) => new(algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyAlgorithm.Rsa3072 => RSA.Create(3072),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "It is not a kind of key."),
    });

    /// <summary>Reads what <see cref="ToPem"/> writes.</summary>
    /// <exception cref="CryptographicException">It is no unencrypted EC or RSA key.</exception>
    internal static PrivateKey FromPem(string pem)
    {
        // "EC PRIVATE KEY" and "RSA PRIVATE KEY" are told by their labels, PKCS #8 only by trying.
        if (!pem.Contains("RSA PRIVATE KEY-----", StringComparison.Ordinal) && TryImport(ECDsa.Create(), pem) is { } ec)
        {
            return new PrivateKey(ec);
        }

        return TryImport(RSA.Create(), pem) is { } rsa
            ? new PrivateKey(rsa)
            : throw new CryptographicException("There is no unencrypted EC or RSA private key in PEM form in it.");
    }

    internal string ToPem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    internal PublicKey Public => Request("CN=key").PublicKey;

    internal bool IsOf(X509Certificate2 certificate) =>
        key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    internal X509Certificate2 Bind(X509Certificate2 certificate) =>
        key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)key);

    internal X509SignatureGenerator Signer() =>
        key is ECDsa ec ? X509SignatureGenerator.CreateForECDsa(ec) : X509SignatureGenerator.CreateForRSA((RSA)key, RSASignaturePadding.Pkcs1);

    /// <summary>A request for a certificate for this key, to be signed by it or by an authority.</summary>
    internal CertificateRequest Request(string subject)
    {
        var name = new X500DistinguishedName(subject);
        return key is ECDsa ec
            ? new CertificateRequest(name, ec, Hash)
            : new CertificateRequest(name, (RSA)key, Hash, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => key.Dispose();

    static AsymmetricAlgorithm? TryImport(AsymmetricAlgorithm empty, string pem)
    {
        try
        {
            empty.ImportFromPem(pem);
            return empty;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            empty.Dispose();
            return null;
        }
    }
}
