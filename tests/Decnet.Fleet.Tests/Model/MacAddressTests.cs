namespace Decnet.Fleet.Tests.Model;

using Decnet.Fleet.Model;
using Xunit;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("00:0c:29:4f:8a:11", "00:0c:29:4f:8a:11")]
    [InlineData("00-0C-29-4F-8A-11", "00:0c:29:4f:8a:11")]
    [InlineData("02:42:00:00:00:01", "02:42:00:00:00:01")]
    public void An_address_is_written_in_lower_case_with_colons(string text, string written) =>
        Assert.Equal(written, MacAddress.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00:0c:29:4f:8a")]
    [InlineData("00:0c:29:4f:8a:1")]
    [InlineData("00:0c:29:4f:8a:11:22")]
    [InlineData("00:0c:29:4f:8a:1g")]
    [InlineData("000c.294f.8a11")]
    [InlineData("00 0c 29 4f 8a 11")]
    [InlineData(" 0:0c:29:4f:8a:11")]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("01:0c:29:4f:8a:11")]
    [InlineData("ff:ff:ff:ff:ff:ff")]
    public void What_no_interface_can_own_is_refused(string? text)
    {
        Assert.False(MacAddress.TryParse(text, out var address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => MacAddress.Parse(text!));
    }

    [Fact]
    public void An_address_is_made_of_vendor_and_device()
    {
        var address = MacAddress.FromVendor(0x000c29, 0xff_4f8a11);

        Assert.Equal("00:0c:29:4f:8a:11", address.ToString());
        Assert.Equal(0x000c29u, address.Vendor);
        Assert.Equal(address, MacAddress.Parse("00:0c:29:4f:8a:11"));
    }
}
