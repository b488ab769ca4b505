namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Security.Cryptography;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class CertificateFingerprintTests
{
    static readonly string Digits = string.Concat(Enumerable.Repeat("0a", 32));

    [Fact]
    public void It_is_the_hash_of_the_certificate()
    {
        using var authority = new Authority();

        Assert.Equal(authority.Certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), authority.Signer.Fingerprint);
        Assert.Equal("sha256:" + authority.Signer.Fingerprint, CertificateFingerprint.Text(authority.Signer.Fingerprint));
    }

    [Fact]
    public void It_is_read_as_people_write_it()
    {
        var withColons = string.Join(':', Enumerable.Repeat("0A", 32));

        foreach (var text in new[] { Digits, "sha256:" + Digits, "SHA256:" + Digits.ToUpperInvariant(), $" {withColons} " })
        {
            Assert.True(CertificateFingerprint.TryParse(text, out var fingerprint));
            Assert.Equal(Digits, fingerprint);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha1:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a")]
    [InlineData("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0g")]
    public void Other_texts_are_none(string? text) => Assert.False(CertificateFingerprint.TryParse(text, out _));
}
