namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class CountTests
{
    [Fact, Trait("Weakness", "W-08")]
    public void Lists_and_count_must_agree()
    {
        var request = Ssh with { Count = 3, Addresses = [IP("10.0.0.9")], Names = ["a", "b", "c", "d"], Hostnames = ["h1", "h2"] };
        Assert.Equal(3, Codes(request).Count(code => code == "count-mismatch"));
    }

    [Theory, Trait("Weakness", "W-08")]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_fleet_has_at_least_one_decky(int count) => Assert.Equal("bad-count", Only(Ssh with { Count = count }).Code);

    [Fact]
    public void A_missing_count_is_refused() => Assert.Equal("missing-count", Only(Ssh with { Count = null }).Code);

    [Fact]
    public void Addresses_give_the_count_and_keep_their_order() =>
        Assert.Equal(["10.0.0.9", "10.0.0.8"], Build(Ssh with { Count = null, Addresses = [IP("10.0.0.9"), IP("10.0.0.8")] }).Deckies.Select(decky => decky.IPAddress.ToString()));

    [Fact]
    public void Network_and_gateway_are_needed() =>
        Assert.Equal(["missing-subnet", "missing-gateway"], Codes(Ssh with { Subnet = null, Gateway = null }));

    [Fact]
    public void A_count_beyond_all_bounds_is_refused_at_once() =>
        Assert.Contains("254 in all", Only(Ssh with { Count = int.MaxValue }).Message, StringComparison.Ordinal);

    [Fact, Trait("Weakness", "W-15")]
    public void A_shortage_is_an_issue_like_any_other_and_names_network_and_decky()
    {
        var issue = Only(Ssh with { Subnet = IPNetwork.Parse("10.0.0.0/29") , Count = 5 });
        Assert.Equal(("not-enough-addresses", "decky-05"), (issue.Code, issue.Target));
        Assert.Contains("Not enough free IPs in 10.0.0.0/29: 5 wanted, 4 free", issue.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Weakness", "W-15")]
    public void Build_throws_one_error_with_all_reasons()
    {
        var error = Assert.Throws<FleetValidationException>(() => Build(Ssh with { Services = ["shh"], Distros = ["debain"], NmapOs = "windos", Gateway = IP("1.1.1.1"), MutateInterval = TimeSpan.Zero }));
        Assert.Equal(["bad-interval", "gateway-outside", "unknown-distro", "unknown-os-family", "unknown-service"], error.Errors.Select(issue => issue.Code).Order());
        Assert.Equal("fleet request", error.Subject);
    }

    [Fact, Trait("Weakness", "W-13")]
    public void Every_explicit_address_that_cannot_be_had_is_reported_with_its_decky()
    {
        var request = Ssh with
        {
            Count = null,
            Reserved = [IP("10.0.0.30")],
            Addresses = [IP("10.0.0.1"), IP("10.0.0.5"), IP("10.0.0.0"), IP("10.0.0.255"), IP("10.0.1.7"), IP("10.0.0.30"), IP("10.0.0.9"), IP("10.0.0.9"), IPAddress.IPv6Loopback],
        };
        var issues = Builder().TryBuild(request).Issues;
        Assert.Equal(["decky-01", "decky-02", "decky-03", "decky-04", "decky-05", "decky-06", "decky-08", "decky-09"], issues.Select(issue => issue.Target));
        Assert.All(issues, issue => Assert.Equal(FleetIssueSeverity.Error, issue.Severity));
        Assert.Contains("decky-07", issues[6].Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Weakness", "W-38")]
    public void An_explicit_address_of_the_dhcp_range_warns() =>
        Assert.Equal("excluded-address", Only(Ssh with { Count = 1, Addresses = [IP("10.0.0.150")], ExcludedRanges = [AddressRange.Parse("10.0.0.100-10.0.0.199")] }).Code);

    [Theory]
    [InlineData("10.0.0.0/15", "10.0.0.1", false)]
    [InlineData("10.0.0.0/16", "10.1.0.1", true)]
    public void Deckies_fill_a_network_of_65534(string subnet, string gateway, bool offLink)
    {
        var result = Builder().TryBuild(Ssh with { Count = 65_534, Subnet = IPNetwork.Parse(subnet), Gateway = IP(gateway), GatewayOffLink = offLink, HostAddresses = [] });
        Assert.True(result.Succeeded);
        Assert.Equal(offLink ? ["gateway-off-link"] : [], result.Issues.Select(issue => issue.Code));
        Assert.Equal(65_534, result.Fleet.Deckies.Select(decky => decky.IPAddress).Distinct().Count());
        Assert.Equal(65_534, result.Fleet.Deckies.Select(decky => decky.Hostname).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(65_534, result.Fleet.Deckies.Select(decky => decky.MacAddress).Distinct().Count());
    }

    [Fact]
    public void The_gateway_takes_one_address_of_its_network()
    {
        var request = Ssh with { Subnet = IPNetwork.Parse("10.0.0.0/16"), HostAddresses = [] };
        Assert.Equal(65_533, Build(request with { Count = 65_533 }).Deckies.Count);
        Assert.Contains("65534 wanted, 65533 free", Only(request with { Count = 65_534 }).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Weakness", "W-12")]
    public void Inputs_that_are_ignored_warn()
    {
        var request = Ssh with { RandomizeServices = true, RandomizeDistros = true, Names = ["a"], NamePrefix = "x", Addresses = [IP("10.0.0.9")], FirstAddress = IP("10.0.0.2"), Count = 1 };
        var result = Builder().TryBuild(request);
        Assert.True(result.Succeeded);
        Assert.Equal(Enumerable.Repeat("ignored-input", 4), result.Warnings.Select(issue => issue.Code));
        Assert.Equal(["ignored-input"], Codes(Random with { Archetype = "linux-server" }));
    }
}
