namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class LeafRoleTests
{
    [Theory]
    [InlineData("master", "decnet://role/master")]
    [InlineData("host web-1", "decnet://host/web-1")]
    [InlineData("host Web_1", "decnet://host/Web_1")]
    [InlineData(null)]
    [InlineData(null, "decnet://role/master", "decnet://host/web-1")]
    [InlineData(null, "decnet://role/master", "decnet://role/master")]
    [InlineData(null, "decnet://role/master", "https://elsewhere/")]
    [InlineData(null, "decnet://role/Master")]
    [InlineData(null, "decnet://role/master/")]
    [InlineData(null, "decnet://role/master?x")]
    [InlineData(null, "decnet://role/root")]
    [InlineData(null, "decnet://host/")]
    [InlineData(null, "decnet://host/a/b")]
    [InlineData(null, "decnet://host/a%20b")]
    [InlineData(null, "https://host/web-1")]
    public void A_role_is_read_from_exactly_one_uri(string? role, params string[] uris)
    {
        using var authority = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("role.master");
        foreach (var uri in uris)
        {
            names.AddUri(new Uri(uri));
        }

        var certificate = authority.Sign(key, request => request.CertificateExtensions.Add(names.Build()));

        Assert.Equal(role, LeafRole.TryRead(certificate, out var found) ? found.ToString() : null);
    }

    [Fact]
    public void A_common_name_is_no_role()
    {
        using var authority = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        Assert.False(LeafRole.TryRead(authority.Sign(key, _ => { }), out _));
    }

    [Fact]
    public void Damaged_alternative_names_are_no_role()
    {
        using var authority = new Authority();
        using var key = PrivateKey.New(KeyAlgorithm.EcdsaP256);

        var certificate = authority.Sign(key, request => request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x05, 0x86], false)));

        Assert.False(LeafRole.TryRead(certificate, out _));
    }

    [Fact]
    public void Roles_are_compared_by_value()
    {
        Assert.Equal(LeafRole.OfHost(HostId.Parse("a")), LeafRole.OfHost(HostId.Parse("a")));
        Assert.NotEqual(LeafRole.OfHost(HostId.Parse("a")), LeafRole.OfHost(HostId.Parse("A")));
        Assert.NotEqual(LeafRole.OfHost(HostId.Parse("a")), LeafRole.Master);
    }
}
