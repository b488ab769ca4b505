namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What an enrolled host knows at one moment: who it is, and whom it trusts.</summary>
internal sealed class HostTrust
{
    /// <summary>
    /// Certificates bear the master's time, and a host's clock may be hours off. The certificate of the master is one of two that
    /// the host knows by their fingerprints, so that its dates add little.
    /// </summary>
    internal static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    HostTrust(HostIdentity identity, X509Certificate2 authority, TrustBundle bundle, TimeProvider clock)
    {
        Identity = identity;
        Authority = authority;
        Bundle = bundle;
        Revocations = TrustFiles.Check(bundle, authority);
        Policy = new PeerPolicy(authority, Revocations, clock, ClockTolerance);
    }

    internal HostIdentity Identity { get; }

    internal X509Certificate2 Authority { get; }

    internal TrustBundle Bundle { get; }

    internal RevocationList Revocations { get; }

    internal PeerPolicy Policy { get; }

    /// <summary>The master, as the host knows it.</summary>
    internal PeerExpectation Master(PeerUse use) => PeerExpectation.Master(use, Bundle.MasterFingerprints);

    /// <exception cref="PkiException">A file is missing or wrong.</exception>
    internal static HostTrust Load(PkiFolder folder, TimeProvider clock)
    {
        const string NotEnrolled = "Enrol this host: decnetd agent enroll.";
        var authority = folder.ReadCertificate(PkiFolder.Authority, NotEnrolled);
        var identity = new KeyPairFiles(folder, KeyPairFiles.Host).Load(authority, NotEnrolled);
        if (identity.Role.Host is null)
        {
            throw folder.Bad("host.crt", "is the certificate of a master", NotEnrolled);
        }

        return new HostTrust(identity, authority, TrustFiles.Read(folder), clock);
    }
}
