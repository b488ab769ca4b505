namespace Decnet.Fleet.Tests.Model;

using System.Net;
using Decnet.Fleet.Model;
using Xunit;

public sealed class IPv4Tests
{
    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("192.168.1.20", 0xC0A80114u)]
    [InlineData("255.255.255.255", uint.MaxValue)]
    public void Four_octets_are_an_address(string text, uint number)
    {
        Assert.True(IPv4.TryParse(text, out var parsed));
        Assert.Equal(number, parsed);
        Assert.Equal(text, IPv4.FromNumber(number).ToString());
        Assert.Equal(number, IPv4.ToNumber(IPv4.ParseAddress(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.")]
    [InlineData("1..3.4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.+4")]
    [InlineData("1.2.3.-4")]
    [InlineData("0x1.2.3.4")]
    [InlineData("16909060")]
    [InlineData("1.2.3.4/24")]
    [InlineData("::1")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("1.2.3.٤")]
    public void Every_other_notation_is_refused(string? text)
    {
        Assert.False(IPv4.TryParse(text, out _));
        Assert.Throws<FormatException>(() => IPv4.ParseAddress(text!));
    }

    [Fact]
    public void Addresses_of_other_families_have_no_number() =>
        Assert.Throws<ArgumentException>(() => IPv4.ToNumber(IPAddress.IPv6Loopback));

    [Theory]
    [InlineData("10.0.0.77/24", "10.0.0.0/24", "10.0.0.0", "10.0.0.255")]
    [InlineData("10.9.8.7/8", "10.0.0.0/8", "10.0.0.0", "10.255.255.255")]
    [InlineData("10.0.0.1/30", "10.0.0.0/30", "10.0.0.0", "10.0.0.3")]
    [InlineData("1.2.3.4/32", "1.2.3.4/32", "1.2.3.4", "1.2.3.4")]
    [InlineData("1.2.3.4/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    public void A_network_drops_its_host_bits(string text, string network, string first, string last)
    {
        var parsed = IPv4.ParseNetwork(text);

        Assert.Equal(network, parsed.ToString());
        Assert.Equal(first, IPv4.FromNumber(IPv4.First(parsed)).ToString());
        Assert.Equal(last, IPv4.FromNumber(IPv4.Last(parsed)).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("/24")]
    [InlineData("10.0.0/24")]
    [InlineData("10.0.0.0/024")]
    [InlineData("10.0.0.0/24\0")]
    [InlineData("fe80::/64")]
    public void Every_other_notation_of_a_network_is_refused(string text) => Assert.Throws<FormatException>(() => IPv4.ParseNetwork(text));
}
