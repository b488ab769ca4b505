namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Xunit;

public sealed class PeerPolicyTests : IDisposable
{
    static readonly HostId Web = HostId.Parse("web");

    readonly Authority authority = new(start: Authority.Start.AddYears(-1));
    readonly FakeTimeProvider clock = new(Authority.Start);

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData("the master", "master", null)]
    [InlineData("the host", "host", null)]
    [InlineData("the host", "any host", null)]
    [InlineData("nothing", "master", "no_certificate")]
    [InlineData("another authority's master", "master", "other_authority")]
    [InlineData("self-signed", "master", "other_authority")]
    [InlineData("the authority itself", "master", "other_authority")]
    [InlineData("below a leaf", "master", "other_authority")]
    [InlineData("expired", "host", "expired")]
    [InlineData("not yet valid", "host", "not_yet_valid")]
    [InlineData("revoked", "host", "revoked")]
    [InlineData("no use", "master", "wrong_use")]
    [InlineData("servers only", "master", "wrong_use")]
    [InlineData("no role", "master", "no_role")]
    [InlineData("the host", "master", "wrong_role")]
    [InlineData("the master", "host", "wrong_role")]
    [InlineData("the master", "any host", "wrong_role")]
    [InlineData("another host", "host", "other_host")]
    [InlineData("the right name with another key", "host", "not_pinned")]
    [InlineData("another master's key", "master", "not_pinned")]
    public void A_peer_is_accepted_or_refused_for_a_named_reason(string shown, string expected, string? reason)
    {
        var (master, host, revoked) = (authority.Master(), authority.Host("web"), authority.Host("web"));
        var certificate = Shown(shown, master, host, revoked);
        var policy = new PeerPolicy(authority.Certificate, authority.Revoke(null, revoked), clock);

        var verdict = policy.Judge(certificate, expected switch
        {
            "master" => PeerExpectation.Master(PeerUse.Client, [Pin(master), new string('a', 64)]),
            "host" => PeerExpectation.Host(PeerUse.Client, Web, [Pin(host), Pin(revoked)]),
            _ => PeerExpectation.AnyHost(PeerUse.Client),
        });

        Assert.Equal(reason, verdict.Code);
        Assert.Equal(reason is null, verdict.IsAccepted);
        Assert.Equal(reason is null, verdict.Role is not null);
        Assert.Equal(reason is null, verdict.Reason is null);
        Assert.Equal(certificate is null ? null : Pin(certificate), verdict.Fingerprint);
    }

    [Fact]
    public void A_handshake_leaves_role_and_pin_to_later()
    {
        var policy = new PeerPolicy(authority.Certificate, null, clock);

        Assert.Equal(LeafRole.OfHost(Web), policy.JudgeCertificate(authority.Host("web"), PeerUse.Server).Role);
        Assert.Equal(LeafRole.Master, policy.JudgeCertificate(authority.Master(), PeerUse.Server).Role);
        Assert.Equal("no_certificate", policy.JudgeCertificate(null, PeerUse.Server).Code);
    }

    [Fact]
    public void The_time_is_looked_at_each_time()
    {
        var policy = new PeerPolicy(authority.Certificate, null, clock);
        var host = authority.Host("web", lifetime: TimeSpan.FromHours(2));
        var expected = PeerExpectation.AnyHost(PeerUse.Client);

        Assert.True(policy.Judge(host, expected).IsAccepted);
        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("expired", policy.Judge(host, expected).Code);
    }

    [Fact]
    public void A_clock_may_be_off_by_the_tolerance_and_no_more()
    {
        var policy = new PeerPolicy(authority.Certificate, null, clock, TimeSpan.FromDays(1));

        Assert.True(policy.JudgeCertificate(authority.Host("web", Authority.Start.AddHours(23)), PeerUse.Client).IsAccepted);
        Assert.Equal("not_yet_valid", policy.JudgeCertificate(authority.Host("web", Authority.Start.AddHours(25)), PeerUse.Client).Code);
        var old = authority.Host("web", Authority.Start.AddDays(-0.01), TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromHours(24));
        Assert.True(policy.JudgeCertificate(old, PeerUse.Client).IsAccepted);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("expired", policy.JudgeCertificate(old, PeerUse.Client).Code);
    }

    [Fact]
    public void The_verdict_says_what_was_expected()
    {
        var policy = new PeerPolicy(authority.Certificate, null, clock);

        var verdict = policy.Judge(authority.Host("web"), PeerExpectation.Host(PeerUse.Client, Web, [new string('b', 64)]));

        Assert.Equal([new string('b', 64)], verdict.Expected!);
        Assert.Contains("host web", verdict.Reason, StringComparison.Ordinal);
    }

    static string Pin(X509Certificate2 certificate) => CertificateFingerprint.Of(certificate);

    X509Certificate2? Shown(string kind, X509Certificate2 master, X509Certificate2 host, X509Certificate2 revoked)
    {
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        switch (kind)
        {
            case "nothing": return null;
            case "the master": return master;
            case "the host": return host;
            case "another authority's master":
                using (var other = new Authority())
                {
                    return other.Master();
                }

            case "self-signed":
                return CertificateAuthority.SelfSign(key, TimeSpan.FromDays(1), Authority.Start);
            case "the authority itself": return authority.Certificate;
            case "below a leaf":
                var leaf = authority.Sign(key, request =>
                {
                    request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
                    request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key.Public, false));
                });
                return new CertificateAuthority(leaf, key).Issue(key.Public, new LeafOptions { Role = LeafRole.Master }, Authority.Start);
            case "expired": return authority.Host("web", Authority.Start.AddDays(-2), TimeSpan.FromDays(1));
            case "not yet valid": return authority.Host("web", Authority.Start.AddHours(1));
            case "revoked": return revoked;
            case "no use": return authority.Sign(key, request => request.CertificateExtensions.Add(Role()));
            case "servers only":
                return authority.Sign(key, request =>
                {
                    request.CertificateExtensions.Add(Role());
                    request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(LeafExtensions.ServerUse)], false));
                });
            case "no role":
                return authority.Sign(key, request => request.CertificateExtensions.Add(
                    new X509EnhancedKeyUsageExtension([new Oid(LeafExtensions.ClientUse)], false)));
            case "another host": return authority.Host("mail");
            case "the right name with another key": return authority.Host("web");
            case "another master's key": return authority.Master();
            default: throw new ArgumentException(kind);
        }
    }

    static X509Extension Role()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(LeafRole.Master.Uri));
        return names.Build();
    }
}
