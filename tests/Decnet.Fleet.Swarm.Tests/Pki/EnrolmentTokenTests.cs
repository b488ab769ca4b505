namespace Decnet.Fleet.Swarm.Tests.Pki;

using Decnet.Fleet.Swarm.Pki;
using Xunit;

public sealed class EnrolmentTokenTests
{
    [Fact]
    public void A_token_fits_its_hash_and_no_other()
    {
        var (token, other) = (EnrolmentToken.New(), EnrolmentToken.New());

        Assert.NotEqual(token, other);
        Assert.True(EnrolmentToken.IsWellFormed(token));
        Assert.True(EnrolmentToken.Matches(token, EnrolmentToken.Hash(token)));
        Assert.False(EnrolmentToken.Matches(other, EnrolmentToken.Hash(token)));
        Assert.True(CertificateFingerprint.IsFingerprint(EnrolmentToken.Hash(token)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_fits_nothing(string? text)
    {
        Assert.False(EnrolmentToken.IsWellFormed(text));
        Assert.False(EnrolmentToken.Matches(text, EnrolmentToken.Hash(text ?? "")));
    }
}
