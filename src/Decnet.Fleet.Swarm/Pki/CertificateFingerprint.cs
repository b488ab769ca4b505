namespace Decnet.Fleet.Swarm.Pki;

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>Names a certificate: SHA-256 over its DER form, in lower-case hexadecimal digits.</summary>
internal static class CertificateFingerprint
{
    const string Prefix = "sha256:";
    const int Digits = 64;

    internal static string Of(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span));

    /// <summary>As command lines show it: <c>sha256:HEX</c>.</summary>
    internal static string Text(string fingerprint) => Prefix + fingerprint;

    /// <summary>Reads one that people typed: with or without <c>sha256:</c>, in either case, with or without colons between the bytes.</summary>
    internal static bool TryParse(string? text, [NotNullWhen(true)] out string? fingerprint)
    {
        var digits = text?.Trim() ?? "";
        digits = digits.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? digits[Prefix.Length..] : digits;
        digits = digits.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        fingerprint = IsFingerprint(digits) ? digits : null;
        return fingerprint is not null;
    }

    internal static bool IsFingerprint(string? text) => text?.Length == Digits && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
