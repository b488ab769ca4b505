namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What a master knows at one moment: who it is, and whom it trusts.</summary>
internal sealed class MasterTrust
{
    internal const string Fix = "Restore the folder from a backup. Without one, move it aside, and enrol every host again.";

    MasterTrust(HostIdentity identity, X509Certificate2? next, X509Certificate2 authority, RevocationList revocations, TimeProvider clock)
    {
        Identity = identity;
        Authority = authority;
        AuthorityFingerprint = CertificateFingerprint.Of(authority);
        Revocations = revocations;
        Policy = new PeerPolicy(authority, revocations, clock);
        Bundle = new TrustBundle
        {
            Version = revocations.Number,
            Authority = authority.ExportCertificatePem(),
            MasterFingerprints = next is null ? [identity.Fingerprint] : [identity.Fingerprint, CertificateFingerprint.Of(next)],
            RevocationList = revocations.ToPem(),
        };
    }

    internal HostIdentity Identity { get; }

    internal X509Certificate2 Authority { get; }

    /// <summary>What hosts are told to expect when they enrol.</summary>
    internal string AuthorityFingerprint { get; }

    internal RevocationList Revocations { get; }

    internal PeerPolicy Policy { get; }

    /// <summary>What hosts are told to trust.</summary>
    internal TrustBundle Bundle { get; }

    /// <summary>A host, with the certificate that it has or the one that takes its place.</summary>
    internal static PeerExpectation Host(PeerUse use, FleetHost host) =>
        PeerExpectation.Host(use, host.HostId, [.. new[] { host.Fingerprint, host.NextFingerprint }.OfType<string>()]);

    /// <exception cref="PkiException">A file is missing or wrong.</exception>
    internal static MasterTrust Load(PkiFolder folder, TimeProvider clock)
    {
        var authority = folder.ReadCertificate(PkiFolder.Authority, Fix);
        var files = new KeyPairFiles(folder, KeyPairFiles.Master);
        var identity = files.Load(authority, Fix);
        if (identity.Role != LeafRole.Master)
        {
            throw folder.Bad(files.Certificate, $"is the certificate of the {identity.Role}", Fix);
        }

        return new MasterTrust(identity, files.LoadNext(Fix), authority, ReadRevocations(folder, authority), clock);
    }

    internal static RevocationList ReadRevocations(PkiFolder folder, X509Certificate2 authority)
    {
        const string FixList = "Restore it from a backup; any host has it too, as revocation_list in pki/trust.json.";
        try
        {
            return RevocationList.ReadPem(folder.Read(PkiFolder.Revocations, FixList), authority);
        }
        catch (PkiException error) when (error.Path is null)
        {
            throw folder.Bad(PkiFolder.Revocations, $"is not usable: {error.Message}", FixList, error);
        }
    }
}
