namespace Decnet.Fleet.Tests.Model;

using Decnet.Fleet.Model;
using Xunit;

public sealed class HostIdTests
{
    [Fact, Trait("Weakness", "L-7.4")]
    public void The_unconfigured_host_has_one_encoding()
    {
        Assert.Equal("local", HostId.Local.Value);
        Assert.Equal(HostId.Local, HostId.Parse("local"));
        Assert.Equal("local", HostId.Local);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("edge-01")]
    [InlineData("edge_01")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    public void Letters_digits_hyphens_and_underscores_make_an_identity(string text) => Assert.Equal(text, HostId.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("a:b")]
    [InlineData("é")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(HostId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => HostId.Parse(text));
    }

    [Fact]
    public void An_identity_that_was_never_parsed_is_none() => Assert.Throws<InvalidOperationException>(() => default(HostId).Value);
}
