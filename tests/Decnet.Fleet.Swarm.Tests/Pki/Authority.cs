namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;

/// <summary>An authority in memory with what tests sign by it.</summary>
internal sealed class Authority : IDisposable
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly TimeSpan ListLifetime = TimeSpan.FromDays(30);

    readonly PrivateKey key;

    internal Authority(KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256, DateTimeOffset? start = null)
    {
        key = PrivateKey.New(algorithm);
        Signer = new CertificateAuthority(CertificateAuthority.SelfSign(key, TimeSpan.FromDays(3653), start ?? Start), key);
    }

    internal CertificateAuthority Signer { get; }

    internal X509Certificate2 Certificate => Signer.Certificate;

    internal X509Certificate2 Host(string host, DateTimeOffset? now = null, TimeSpan? lifetime = null) =>
        Leaf(LeafRole.OfHost(HostId.Parse(host)), now, lifetime);

    internal X509Certificate2 Master(DateTimeOffset? now = null) => Leaf(LeafRole.Master, now, null);

    internal HostIdentity Identity(LeafRole role, DateTimeOffset? now = null)
    {
        var own = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        return HostIdentity.Of(Signer.Issue(own.Public, new LeafOptions { Role = role, Names = ["127.0.0.1"] }, now ?? Start), own, Certificate);
    }

    internal RevocationList Revoke(RevocationList? present, params X509Certificate2[] revoked) => Signer.Revoke(present, revoked, ListLifetime, Start);

    /// <summary>Signs whatever it is asked to, also what the real one never would.</summary>
    internal X509Certificate2 Sign(PrivateKey subject, Action<CertificateRequest> change)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=decnet master"), subject.Public, System.Security.Cryptography.HashAlgorithmName.SHA256);
        change(request);
        return request.Create(Certificate.SubjectName, key.Signer(), Start.AddMinutes(-5), Start.AddDays(30), [0x41, 1, 2, 3]);
    }

    public void Dispose() => Signer.Dispose();

    X509Certificate2 Leaf(LeafRole role, DateTimeOffset? now, TimeSpan? lifetime)
    {
        using var own = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        return Signer.Issue(own.Public, new LeafOptions { Role = role, Lifetime = lifetime ?? TimeSpan.FromDays(397) }, now ?? Start);
    }
}
