namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;

/// <summary>
/// Certificate signing requests (PKCS #10, PEM). The signature proves that who asks has the key; the key is all that is taken
/// from one.
/// </summary>
internal static class SigningRequests
{
    /// <summary>More is no request for a key of any size that is accepted.</summary>
    const int MaxCharacters = 16 * 1024;

    const int MinRsaBits = 2048;
    const int MaxRsaBits = 8192;

    static readonly string[] Curves = [ECCurve.NamedCurves.nistP256.Oid.Value!, ECCurve.NamedCurves.nistP384.Oid.Value!];

    internal static string Create(PrivateKey key) => key.Request("CN=decnet host").CreateSigningRequestPem() + "\n";

    /// <exception cref="FleetValidationException">It is no request, its signature is not by its key, or the key is weak.</exception>
    internal static PublicKey Read(string? pem)
    {
        if (pem is null || pem.Length > MaxCharacters)
        {
            throw Refused("certificate-request", $"There is none, or it is longer than {MaxCharacters} characters.");
        }

        PublicKey key;
        try
        {
            key = CertificateRequest.LoadSigningRequestPem(
                pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1).PublicKey;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw Refused("certificate-request", $"It is not a PKCS #10 request in PEM form that is signed by its own key: {error.Message}");
        }

        Check(key);
        return key;
    }

    static void Check(PublicKey key)
    {
        var found = key.Oid.FriendlyName ?? key.Oid.Value;
        try
        {
            using var rsa = key.GetRSAPublicKey();
            using var ec = rsa is null ? key.GetECDsaPublicKey() : null;
            if (rsa?.KeySize is >= MinRsaBits and <= MaxRsaBits
                || (ec is not null && Curves.Contains(ec.ExportParameters(includePrivateParameters: false).Curve.Oid.Value)))
            {
                return;
            }

            found = rsa is not null ? $"RSA with {rsa.KeySize} bits" : ec is not null ? "another curve" : found;
        }
        catch (CryptographicException error)
        {
            found = error.Message;
        }

        throw Refused("certificate-key", $"Its key is not accepted ({found}).");
    }

    static FleetValidationException Refused(string code, string message) => new(
        "certificate request",
        [FleetIssue.Error(code, message, "Make a new key and a request for it: ECDSA on P-256 or P-384, or RSA with 2048 to 8192 bits.", "certificate_request")]);
}
