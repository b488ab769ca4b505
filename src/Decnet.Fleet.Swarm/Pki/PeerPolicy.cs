namespace Decnet.Fleet.Swarm.Pki;

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

/// <summary>
/// Judges the certificates of peers, for both sides of both kinds of connection: the one place where it is decided who may speak
/// to whom. It does no I/O; what it knows is given to it, and another one is made when that changes.
/// </summary>
/// <param name="authority">The fleet's authority, the only one that counts.</param>
/// <param name="revocations">What the authority has taken back; null before the first list is known, when a host enrols.</param>
/// <param name="clock">The time.</param>
/// <param name="clockTolerance">How far the clock may be from that of the master, which dates the certificates.</param>
internal sealed class PeerPolicy(X509Certificate2 authority, RevocationList? revocations, TimeProvider clock, TimeSpan clockTolerance = default)
{
    /// <summary>Peers are few and show the same certificates again and again; more than these are forgotten.</summary>
    const int MaxRemembered = 8192;

    readonly ConcurrentDictionary<string, bool> signed = new(StringComparer.Ordinal);

    /// <summary>What a handshake can tell: whether it is a certificate of the fleet that is good now. Its role and its pin are left to <see cref="Judge"/>.</summary>
    internal PeerVerdict JudgeCertificate(X509Certificate2? certificate, PeerUse use)
    {
        if (certificate is null)
        {
            return PeerVerdict.Refused(PeerRefusal.NoCertificate, "it showed no certificate");
        }

        var fingerprint = CertificateFingerprint.Of(certificate);
        if (!IsSigned(certificate, fingerprint))
        {
            return PeerVerdict.Refused(PeerRefusal.OtherAuthority, "its certificate is not signed by the fleet's authority", fingerprint);
        }

        var now = clock.GetUtcNow();
        if (now + clockTolerance < certificate.NotBefore)
        {
            return PeerVerdict.Refused(PeerRefusal.NotYetValid, $"its certificate is not valid before {Text(certificate.NotBefore)}, and it is {Text(now)} here", fingerprint);
        }

        if (now - clockTolerance > certificate.NotAfter)
        {
            return PeerVerdict.Refused(PeerRefusal.Expired, $"its certificate expired at {Text(certificate.NotAfter)}, and it is {Text(now)} here", fingerprint);
        }

        if (!IsFor(certificate, use))
        {
            return PeerVerdict.Refused(PeerRefusal.WrongUse, $"its certificate is not for a {(use == PeerUse.Client ? "client" : "server")}", fingerprint);
        }

        if (revocations?.RevokedAt(certificate) is { } since)
        {
            return PeerVerdict.Refused(PeerRefusal.Revoked, $"its certificate was revoked at {Text(since)}", fingerprint);
        }

        return LeafRole.TryRead(certificate, out var role)
            ? PeerVerdict.Accepted(role, fingerprint)
            : PeerVerdict.Refused(PeerRefusal.NoRole, "its certificate does not name exactly one role", fingerprint);
    }

    /// <summary>Whether the peer is who it should be.</summary>
    internal PeerVerdict Judge(X509Certificate2? certificate, PeerExpectation expected)
    {
        var verdict = JudgeCertificate(certificate, expected.Use);
        if (!verdict.IsAccepted)
        {
            return verdict;
        }

        var (role, fingerprint) = (verdict.Role!, verdict.Fingerprint!);
        if (role.Host is null != (expected.Role == LeafRole.Master))
        {
            var wanted = expected.Role?.ToString() ?? "host";
            return PeerVerdict.Refused(PeerRefusal.WrongRole, $"its certificate is that of the {role}, and a {wanted}'s is needed", fingerprint);
        }

        if (expected.Role is { } exactly && role != exactly)
        {
            return PeerVerdict.Refused(PeerRefusal.OtherHost, $"its certificate is that of the {role}, not of the {exactly}", fingerprint);
        }

        return expected.Pins is { } pins && !pins.Contains(fingerprint)
            ? PeerVerdict.Refused(PeerRefusal.NotPinned, $"its certificate is not the one that is known of the {role}", fingerprint, pins)
            : verdict;
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static bool IsFor(X509Certificate2 certificate, PeerUse use)
    {
        var wanted = use == PeerUse.Client ? LeafExtensions.ClientUse : LeafExtensions.ServerUse;
        return certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(
            extension => extension.EnhancedKeyUsages.Cast<Oid>().Any(found => found.Value == wanted));
    }

    /// <summary>A signature stays good, whatever the time is; everything that may change is looked at each time.</summary>
    bool IsSigned(X509Certificate2 certificate, string fingerprint)
    {
        if (signed.TryGetValue(fingerprint, out var known))
        {
            return known;
        }

        var result = IsSignedBy(authority, certificate);
        if (result)
        {
            if (signed.Count >= MaxRemembered)
            {
                signed.Clear();
            }

            signed[fingerprint] = true;
        }

        return result;
    }

    /// <summary>Whether a certificate is directly below an authority, and nothing is wrong with the two but, perhaps, the time.</summary>
    internal static bool IsSignedBy(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
            },
        };
        var built = chain.Build(certificate)
            && chain.ChainElements.Count == 2
            && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(authority.RawDataMemory.Span);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return built;
    }
}
