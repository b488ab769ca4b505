namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// What the authority has signed for hosts, in <c>issued/FINGERPRINT.crt</c>: a list can only revoke what it knows the serial
/// number of, also a certificate that never reached its host.
/// </summary>
internal sealed class IssuedCertificates(PkiFolder folder)
{
    const string Suffix = ".crt";

    readonly PkiFolder issued = new(folder.In("issued"));

    internal void Add(X509Certificate2 certificate)
    {
        issued.Create();
        issued.Write(CertificateFingerprint.Of(certificate) + Suffix, certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>Those of a host that are not expired.</summary>
    internal IReadOnlyList<X509Certificate2> Of(HostId host, DateTimeOffset now) =>
        [.. All().Where(certificate => certificate.NotAfter > now && LeafRole.TryRead(certificate, out var role) && role.Host == host)];

    /// <summary>Forgets what is expired.</summary>
    internal void Prune(DateTimeOffset now)
    {
        foreach (var certificate in All().Where(certificate => certificate.NotAfter < now))
        {
            issued.Delete(CertificateFingerprint.Of(certificate) + Suffix);
        }
    }

    IEnumerable<X509Certificate2> All() => DurableFiles.Instance.List(issued.Path, "", Suffix)
        .Select(path => issued.ReadCertificate(Path.GetFileName(path), "Remove the file."));
}
