namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Xunit;

public sealed class CertificateAuthorityTests
{
    [Theory]
    [InlineData("EcdsaP256")]
    [InlineData("Rsa3072")]
    public void An_authority_signs_itself_and_nothing_below_its_leafs(string algorithm)
    {
        using var authority = new Authority(Enum.Parse<KeyAlgorithm>(algorithm));

        var certificate = authority.Certificate;

        var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.Equal("CN=Decnet fleet CA", certificate.Subject);
        Assert.Equal((true, true, 0, true), (constraints.CertificateAuthority, constraints.HasPathLengthConstraint, constraints.PathLengthConstraint, constraints.Critical));
        Assert.Equal(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Single(certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.InRange(certificate.NotAfter - certificate.NotBefore, TimeSpan.FromDays(3650), TimeSpan.FromDays(3660));
        Assert.False(certificate.HasPrivateKey);
    }

    [Fact]
    public void A_leaf_names_its_role_and_addresses_and_is_for_both_sides_of_a_connection()
    {
        using var authority = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        var leaf = authority.Signer.Issue(
            key.Public, new LeafOptions { Role = LeafRole.OfHost(HostId.Parse("Web_1")), Names = ["198.18.4.7", "web.lab", "198.18.4.7", "fd00::7"] }, Authority.Start);

        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([IPAddress.Parse("198.18.4.7"), IPAddress.Parse("fd00::7")], names.EnumerateIPAddresses());
        Assert.Equal(["web.lab"], names.EnumerateDnsNames());
        Assert.True(LeafRole.TryRead(leaf, out var role));
        Assert.Equal("Web_1", role.Host!.Value.Value);
        Assert.Equal(
            [LeafExtensions.ServerUse, LeafExtensions.ClientUse],
            leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(use => use.Value));
        Assert.Equal(
            authority.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes.ToArray(),
            leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.ToArray());
        Assert.False(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(16, leaf.SerialNumberBytes.Length);
        Assert.Equal(Authority.Start.AddMinutes(-5), leaf.NotBefore);
        Assert.Equal(Authority.Start.AddDays(397), leaf.NotAfter);
    }

    [Fact]
    public void Serial_numbers_differ()
    {
        using var authority = new Authority();

        var serials = Enumerable.Range(0, 50).Select(_ => authority.Host("web").SerialNumber).ToArray();

        Assert.Equal(50, serials.Distinct().Count());
    }

    [Fact]
    public void A_leaf_does_not_outlive_the_authority_and_an_expired_one_signs_nothing()
    {
        using var authority = new Authority();
        var end = new DateTimeOffset(authority.Certificate.NotAfter);

        Assert.Equal(end, authority.Host("web", end.AddDays(-10)).NotAfter);
        Assert.Contains("expired", Assert.Throws<PkiException>(() => authority.Host("web", end)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a name")]
    [InlineData("http://web")]
    [InlineData("")]
    public void A_name_that_is_neither_address_nor_host_name_is_refused(string name)
    {
        using var authority = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        var error = Assert.Throws<FleetValidationException>(
            () => authority.Signer.Issue(key.Public, new LeafOptions { Role = LeafRole.Master, Names = ["ok.lab", name] }, Authority.Start));

        Assert.Equal("certificate-name", Assert.Single(error.Errors).Code);
    }

    [Fact]
    public void The_key_of_another_authority_is_refused()
    {
        using var authority = new Authority();
        using var other = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        Assert.Throws<PkiException>(() => new CertificateAuthority(authority.Certificate, other));
        Assert.Throws<PkiException>(() => new CertificateAuthority(authority.Host("web"), other));
    }

    [Theory]
    [InlineData("EcdsaP256")]
    [InlineData("Rsa3072")]
    public async Task OpenSSL_agrees_with_authority_leaf_and_revocation_list(string algorithm)
    {
        OpenSsl.SkipUnlessThere();
        using var folder = new TemporaryFolder();
        using var authority = new Authority(Enum.Parse<KeyAlgorithm>(algorithm));
        var (good, revoked) = (authority.Master(), authority.Host("web"));
        await File.WriteAllTextAsync(folder.File("ca.crt"), authority.Certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("good.crt"), good.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("revoked.crt"), revoked.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("ca.crl"), authority.Revoke(null, revoked).ToPem());
        string[] verify = ["verify", "-x509_strict", "-attime", $"{Authority.Start.AddDays(1).ToUnixTimeSeconds()}", "-CAfile", folder.File("ca.crt"), "-CRLfile", folder.File("ca.crl"), "-crl_check"];

        Assert.Equal((0, $"{folder.File("good.crt")}: OK"), await OpenSsl.RunAsync([.. verify, "-purpose", "sslserver", folder.File("good.crt")]));
        Assert.Equal(0, (await OpenSsl.RunAsync([.. verify, "-purpose", "sslclient", folder.File("good.crt")])).Code);
        var (code, output) = await OpenSsl.RunAsync([.. verify, folder.File("revoked.crt")]);
        Assert.NotEqual(0, code);
        Assert.Contains("certificate revoked", output, StringComparison.Ordinal);
        Assert.Contains("verify OK", (await OpenSsl.RunAsync(["crl", "-in", folder.File("ca.crl"), "-CAfile", folder.File("ca.crt"), "-noout"])).Output, StringComparison.Ordinal);
    }
}
