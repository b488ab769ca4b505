namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class AddressRangesTests
{
    static string Cover(params string[] addresses) => string.Join(' ', AddressRanges.Cover(addresses.Select(IP)));

    [Theory, Trait("Weakness", "W-39")]
    [InlineData("10.0.0.10", "10.0.0.10/32")]
    [InlineData("10.0.0.10,10.0.0.11", "10.0.0.10/31")]
    [InlineData("10.0.0.4,10.0.0.3,10.0.0.2,10.0.0.2", "10.0.0.2/31 10.0.0.4/32")]
    [InlineData("10.0.0.2,200.0.0.9", "10.0.0.2/32 200.0.0.9/32")]
    [InlineData("255.255.255.254,255.255.255.255,0.0.0.0", "0.0.0.0/32 255.255.255.254/31")]
    public void Networks_cover_the_addresses_and_nothing_else(string addresses, string networks) =>
        Assert.Equal(networks, Cover(addresses.Split(',')));

    [Fact]
    public void No_addresses_need_no_network() => Assert.Empty(AddressRanges.Cover([]));

    [Fact]
    public void A_run_takes_several_networks() =>
        Assert.Equal("10.0.0.110/31 10.0.0.112/29", Cover([.. Enumerable.Range(110, 10).Select(i => $"10.0.0.{i}")]));

    [Fact, Trait("Weakness", "W-39")]
    public void Every_address_is_covered_once_and_no_two_networks_could_be_one()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            uint[] numbers = [.. bytes.Select(value => 0xFFFFFF00u + value).Distinct().Order()];
            var networks = AddressRanges.Cover(numbers.Select(IPv4.FromNumber));
            var covered = networks.SelectMany(network => Enumerable.Range(0, 1 << (32 - network.PrefixLength)).Select(i => IPv4.First(network) + (uint)i));
            var mergeable = networks.Zip(networks.Skip(1)).Any(pair =>
                pair.First.PrefixLength == pair.Second.PrefixLength
                && IPv4.Last(pair.First) + 1 == IPv4.First(pair.Second)
                && (IPv4.First(pair.First) & ~IPv4.Mask(pair.First.PrefixLength - 1)) == 0);
            return covered.SequenceEqual(numbers) && !mergeable;
        });
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), property);
    }

    [Theory]
    [InlineData("10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9")]
    [InlineData(" 10.0.0.1 - 10.0.0.9 ", "10.0.0.1-10.0.0.9")]
    [InlineData("10.0.0.8/30", "10.0.0.8-10.0.0.11")]
    [InlineData("10.0.0.8", "10.0.0.8-10.0.0.8")]
    public void A_range_reads_in_three_forms(string text, string range) => Assert.Equal(range, AddressRange.Parse(text).ToString());

    [Theory]
    [InlineData("10.0.0.9-10.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.0/33")]
    [InlineData("")]
    [InlineData("1-2-3")]
    public void A_range_that_is_none_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => AddressRange.Parse(text));
        Assert.False(AddressRange.TryParse(text, out _));
    }
}
