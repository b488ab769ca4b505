namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class AddressAllocatorTests
{
    static readonly AddressSpace Lan = new() { Subnet = IPNetwork.Parse("192.168.1.0/24"), Gateway = IP("192.168.1.1"), HostAddresses = [IP("192.168.1.5")] };

    static string[] Take(AddressSpace space, int count) => [.. new AddressAllocator(space).Take(count).Select(address => address.ToString())];

    static FleetValidationException Refused(AddressSpace space) => Assert.Throws<FleetValidationException>(() => new AddressAllocator(space));

    [Fact]
    public void Addresses_ascend_and_leave_out_gateway_and_host() =>
        Assert.Equal(["192.168.1.2", "192.168.1.3", "192.168.1.4", "192.168.1.6", "192.168.1.7", "192.168.1.8"], Take(Lan, 6));

    [Fact]
    public void A_small_network_gives_what_is_left() =>
        Assert.Equal(["10.0.0.2"], Take(new() { Subnet = IPNetwork.Parse("10.0.0.0/30"), Gateway = IP("10.0.0.1"), HostAddresses = [IP("10.0.0.3")] }, 1));

    [Fact]
    public void The_search_begins_at_the_first_address() =>
        Assert.Equal(["192.168.1.100", "192.168.1.101"], Take(Lan with { FirstAddress = IP("192.168.1.100") }, 2));

    [Theory, Trait("Weakness", "W-08")]
    [InlineData("192.168.0.200")]
    [InlineData("192.168.2.1")]
    public void A_first_address_outside_of_the_network_is_refused(string first) =>
        Assert.Equal("first-address-outside", Refused(Lan with { FirstAddress = IP(first) }).Errors[0].Code);

    [Theory, Trait("Weakness", "W-08")]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_addresses_are_not_all_addresses(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressAllocator(Lan).Take(count));

    [Fact]
    public void A_shortage_names_both_numbers_and_hands_out_nothing()
    {
        var allocator = new AddressAllocator(Lan with { FirstAddress = IP("192.168.1.250") });
        var error = Assert.Throws<FleetValidationException>(() => allocator.Take(6));
        Assert.Contains("6 wanted, 5 free", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, allocator.Take(5).Count);
        Assert.Null(allocator.Next());
    }

    [Fact, Trait("Weakness", "W-38")]
    public void Ranges_of_a_dhcp_server_are_left_out()
    {
        var space = Lan with
        {
            ExcludedRanges = [AddressRange.Parse("192.168.1.3-192.168.1.100"), AddressRange.Parse("192.168.1.96/28"), AddressRange.Parse("192.168.1.113-192.168.1.255")],
            Excluded = [IP("192.168.1.112")],
        };
        Assert.Equal(["192.168.1.2"], Take(space, 1));
        Assert.Equal(1, new AddressAllocator(space).CountFree());
    }

    [Fact]
    public void A_huge_excluded_range_costs_nothing() =>
        Assert.Equal(["10.255.0.1"], Take(new() { Subnet = IPNetwork.Parse("10.0.0.0/8"), ExcludedRanges = [AddressRange.Parse("10.0.0.0-10.255.0.0")] }, 1));

    [Theory]
    [InlineData("10.0.0.0/7")]
    [InlineData("10.0.0.0/31")]
    [InlineData("10.0.0.0/32")]
    [InlineData("fd00::/64")]
    public void A_network_that_holds_no_fleet_is_refused(string subnet) =>
        Assert.Equal("bad-subnet", Refused(new() { Subnet = IPNetwork.Parse(subnet) }).Errors[0].Code);

    [Theory]
    [InlineData("192.168.2.1", "gateway-outside")]
    [InlineData("192.168.1.0", "bad-gateway")]
    [InlineData("192.168.1.255", "bad-gateway")]
    [InlineData("fe80::1", "not-ipv4")]
    public void A_gateway_must_be_a_host_of_the_network(string gateway, string code) =>
        Assert.Equal(code, Refused(Lan with { Gateway = IP(gateway) }).Errors[0].Code);

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var error = Refused(Lan with { Gateway = IP("1.1.1.1"), FirstAddress = IP("2.2.2.2"), HostAddresses = [IPAddress.IPv6Loopback] });
        Assert.Equal(["gateway-outside", "not-ipv4", "first-address-outside"], error.Errors.Select(issue => issue.Code));
    }

    [Theory, Trait("Weakness", "W-13")]
    [InlineData("192.168.1.0", "network address")]
    [InlineData("192.168.1.255", "broadcast address")]
    [InlineData("192.168.1.1", "the gateway")]
    [InlineData("192.168.1.5", "the host")]
    [InlineData("192.168.1.9", "an existing decky")]
    [InlineData("192.168.1.20", "web-01")]
    [InlineData("192.168.2.20", "outside")]
    public void An_address_that_cannot_be_had_says_why(string address, string reason)
    {
        var allocator = new AddressAllocator(Lan with { Reserved = [IP("192.168.1.9")] });
        Assert.True(allocator.TryClaim(IP("192.168.1.20"), "web-01", out _));
        Assert.False(allocator.TryClaim(IP(address), "web-02", out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_was_handed_out_cannot_be_claimed()
    {
        var allocator = new AddressAllocator(Lan);
        Assert.Equal(IP("192.168.1.2"), allocator.Next());
        Assert.False(allocator.TryClaim(IP("192.168.1.2"), "late", out _));
        Assert.True(allocator.TryClaim(IP("192.168.1.3"), "late", out _));
        Assert.Equal(IP("192.168.1.4"), allocator.Next());
    }

    [Fact]
    public void Free_addresses_are_unique_inside_ascending_and_disjoint_from_what_is_taken()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var prefix = random.Next(20, 31);
            var subnet = new IPNetwork(IPv4.FromNumber(0x0A000000 & IPv4.Mask(prefix)), prefix);
            var (first, last) = (IPv4.First(subnet), IPv4.Last(subnet));
            IPAddress Any() => IPv4.FromNumber(first + (uint)random.Next((int)(last - first + 1)));
            var from = Any();
            var space = new AddressSpace
            {
                Subnet = subnet,
                Gateway = IPv4.FromNumber(first + 1),
                FirstAddress = random.Next(2) == 0 ? from : null,
                Reserved = [.. Enumerable.Range(0, random.Next(20)).Select(_ => Any())],
                ExcludedRanges = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Any()).Select(start => new AddressRange(start, IPv4.FromNumber(Math.Min(last, IPv4.ToNumber(start) + 9))))],
            };
            var allocator = new AddressAllocator(space);
            var expected = new List<uint>();
            for (var number = Math.Max(first + 1, space.FirstAddress is null ? 0 : IPv4.ToNumber(from)); number < last; number++)
            {
                var address = IPv4.FromNumber(number);
                if (!address.Equals(space.Gateway) && !space.Reserved.Contains(address)
                    && !space.ExcludedRanges.Any(range => number >= IPv4.ToNumber(range.First) && number <= IPv4.ToNumber(range.Last)))
                {
                    expected.Add(number);
                }
            }

            Assert.Equal(expected.Count, allocator.CountFree());
            var found = new List<uint>();
            while (allocator.Next() is { } address)
            {
                found.Add(IPv4.ToNumber(address));
            }

            Assert.Equal(expected, found);
            Assert.Equal(0, allocator.CountFree());
        }
    }
}
