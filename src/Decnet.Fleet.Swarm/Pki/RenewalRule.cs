namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;

/// <summary>When a certificate is replaced: from two thirds of its time on, and at nine tenths whatever stands against it.</summary>
internal static class RenewalRule
{
    internal static bool IsDue(X509Certificate2 certificate, DateTimeOffset now) => now >= At(certificate, 2.0 / 3);

    internal static bool IsLate(X509Certificate2 certificate, DateTimeOffset now) => now >= At(certificate, 0.9);

    internal static TimeSpan Lifetime(X509Certificate2 certificate) => certificate.NotAfter - certificate.NotBefore;

    static DateTimeOffset At(X509Certificate2 certificate, double share) => certificate.NotBefore + (Lifetime(certificate) * share);
}
