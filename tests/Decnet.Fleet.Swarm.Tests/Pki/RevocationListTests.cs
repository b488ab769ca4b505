namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class RevocationListTests
{
    [Theory]
    [InlineData("EcdsaP256")]
    [InlineData("Rsa3072")]
    public void A_list_says_what_is_revoked_and_since_when(string algorithm)
    {
        using var authority = new Authority(Enum.Parse<KeyAlgorithm>(algorithm));
        var (one, other) = (authority.Host("one"), authority.Host("other"));

        var list = RevocationList.ReadPem(authority.Revoke(null, one).ToPem(), authority.Certificate);

        Assert.Equal(Authority.Start, list.RevokedAt(one));
        Assert.Null(list.RevokedAt(other));
        Assert.Equal(Authority.Start.AddDays(30), list.NextUpdate);
        Assert.Equal(Authority.Start.AddMinutes(-5), list.ThisUpdate);
    }

    [Fact]
    public void A_list_follows_with_a_higher_number_and_forgets_nothing()
    {
        using var authority = new Authority();
        var (one, other) = (authority.Host("one"), authority.Host("other"));
        var first = authority.Revoke(null, one);

        var second = authority.Revoke(first, other, one);

        Assert.Equal(first.Number + 1, second.Number);
        Assert.True(second.IsRevoked(one) && second.IsRevoked(other));
        Assert.Equal(2, second.Revoked.Count);
        Assert.Empty(authority.Revoke(null).Revoked);
    }

    [Fact]
    public void Numbers_follow_the_clock_so_that_they_grow_after_a_list_was_lost()
    {
        using var authority = new Authority();

        Assert.Equal(Authority.Start.ToUnixTimeSeconds(), authority.Revoke(null).Number);
    }

    [Fact]
    public void An_older_list_is_refused_where_a_newer_one_is_held()
    {
        using var authority = new Authority();
        var first = authority.Revoke(null);
        var second = authority.Revoke(first, authority.Host("one"));

        second.MustFollow(first);
        second.MustFollow(second);
        second.MustFollow(null);
        Assert.Contains("older", Assert.Throws<PkiException>(() => first.MustFollow(second)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overdue_list_still_revokes_and_tells_its_age()
    {
        using var authority = new Authority();
        var one = authority.Host("one");
        var list = authority.Revoke(null, one);

        Assert.Null(list.OverdueAt(Authority.Start.AddDays(30)));
        Assert.Equal(TimeSpan.FromDays(3), list.OverdueAt(Authority.Start.AddDays(33)));
        Assert.True(list.IsRevoked(one));
    }

    [Fact]
    public void A_list_of_another_authority_is_not_believed()
    {
        using var authority = new Authority();
        using var other = new Authority();
        using var rsa = new Authority(KeyAlgorithm.Rsa3072);
        var list = other.Revoke(null);

        Assert.Throws<PkiException>(() => RevocationList.Read(list.Der, authority.Certificate));
        Assert.Throws<PkiException>(() => RevocationList.Read(list.Der, rsa.Certificate));
    }

    [Fact]
    public void A_change_of_any_byte_is_seen()
    {
        using var authority = new Authority();
        var der = authority.Revoke(null, authority.Host("one")).Der;

        for (var i = 0; i < der.Length; i++)
        {
            var changed = der.ToArray();
            changed[i] ^= 0x10;
            Assert.Throws<PkiException>(() => RevocationList.Read(changed, authority.Certificate));
        }

        for (var length = 0; length < der.Length; length += 7)
        {
            Assert.Throws<PkiException>(() => RevocationList.Read(der[..length], authority.Certificate));
        }

        Assert.Throws<PkiException>(() => RevocationList.Read([.. der, 0], authority.Certificate));
    }

    [Fact]
    public void What_is_no_list_is_not_believed()
    {
        using var authority = new Authority();

        Assert.Throws<PkiException>(() => RevocationList.ReadPem("", authority.Certificate));
        Assert.Throws<PkiException>(() => RevocationList.ReadPem(authority.Certificate.ExportCertificatePem(), authority.Certificate));
        Assert.Throws<PkiException>(() => RevocationList.Read(new byte[5 * 1024 * 1024], authority.Certificate));
    }

    [Fact]
    public void A_list_whose_number_is_beyond_all_measure_is_not_believed()
    {
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        using var certificate = CertificateAuthority.SelfSign(key, TimeSpan.FromDays(10), Authority.Start);
        var list = new CertificateRevocationListBuilder().Build(
            certificate.SubjectName, key.Signer(), 7, Authority.Start.AddDays(1), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false), Authority.Start);
        Assert.Equal(7, RevocationList.Read(list, certificate).Number);

        var huge = new CertificateRevocationListBuilder().Build(
            certificate.SubjectName, key.Signer(), System.Numerics.BigInteger.Pow(2, 80), Authority.Start.AddDays(1), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false), Authority.Start);
        Assert.Throws<PkiException>(() => RevocationList.Read(huge, certificate));
    }
}
