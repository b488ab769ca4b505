namespace Decnet.Fleet.Tests.Building;

using System.Net;
using System.Text.RegularExpressions;
using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class PersonaTests
{
    static readonly FleetRequest Many = Ssh with { Count = 4_000, Subnet = IPNetwork.Parse("10.0.0.0/16") };

    [Theory, Trait("Weakness", "W-05")]
    [InlineData("debian", "^SRV-[A-Z]+-[0-9]{2,4}$")]
    [InlineData("rocky9", "^[a-z]+[0-9]{2,4}\\.localdomain$")]
    [InlineData("alpine", "^[a-z]+-[0-9]{2,4}$")]
    [InlineData("kali", "^([a-z]+)-(?!\\1(-|$))[a-z]+(-[0-9]{2,4})?$")]
    public void Linux_hosts_are_named_in_the_style_of_their_distro_and_never_alike(string distro, string pattern)
    {
        var names = Build(Many with { Distros = [distro] }).Deckies.Select(decky => decky.Hostname).ToList();
        Assert.All(names, name => Assert.Matches(pattern, name));
        Assert.All(names.Take(50), name => Assert.DoesNotMatch("[0-9]{3}|-[a-z]+-[0-9]", name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory, Trait("Weakness", "W-05")]
    [InlineData("windows", "^(DESKTOP|LAPTOP)-[A-Z0-9]{7,8}$|^[A-Z]+-PC[0-9]{2,4}$")]
    [InlineData("windows_server", "^WIN-[A-Z0-9]{11}$|^[A-Z]+-SRV[0-9]{2,4}$")]
    [InlineData("embedded", "^(NPI|DEV)[0-9A-F]{6}$")]
    [InlineData("cisco", "^(sw|rtr)-[a-z]+-[0-9]{2,4}$")]
    public void Other_hosts_are_named_as_their_family_is_whatever_runs_below(string family, string pattern)
    {
        var names = Build(Many with { NmapOs = family, Distros = ["rocky9", "debian"] }).Deckies.Select(decky => decky.Hostname).ToList();
        Assert.All(names, name => Assert.Matches(pattern, name));
        Assert.All(names, name => Assert.True(HostnameRule.IsValid(name)));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact, Trait("Weakness", "W-05")]
    public void Made_names_leave_out_given_and_existing_ones()
    {
        var existing = Build(Many with { Distros = ["kali"], Count = 300 }).Deckies;
        var made = Build(Many with { Distros = ["kali"], Count = 300, NamePrefix = "new", Existing = existing }).Deckies;
        Assert.Empty(made.Select(decky => decky.Hostname).Intersect(existing.Select(decky => decky.Hostname)));
        Assert.Empty(made.Select(decky => decky.MacAddress).Intersect(existing.Select(decky => decky.MacAddress)));
        Assert.Empty(made.Select(decky => decky.IPAddress).Intersect(existing.Select(decky => decky.IPAddress)));
    }

    [Fact, Trait("Weakness", "W-05")]
    public void Given_host_names_are_kept_and_must_differ_by_more_than_case()
    {
        Assert.Equal(["a.b", "c", "d"], Build(Ssh with { Hostnames = ["a.b", "c", "d"] }).Deckies.Select(decky => decky.Hostname));
        Assert.Equal("duplicate-hostname", Only(Ssh with { Hostnames = ["web", "db", "WEB"] }).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("10.0.0.1")]
    [InlineData("hötel")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_host_name_that_is_none_is_refused(string hostname) => Assert.Equal("bad-hostname", Only(Ssh with { Count = 1, Hostnames = [hostname] }).Code);

    [Fact, Trait("Weakness", "W-34")]
    public void Mac_addresses_have_a_prefix_of_the_family_and_are_never_alike()
    {
        foreach (var family in FleetCatalog.BuiltIn.OsFamilies)
        {
            var macs = Build(Many with { NmapOs = family.Slug }).Deckies.Select(decky => decky.MacAddress!.Value).ToList();
            Assert.Equal(family.MacVendors.Order(), macs.Select(mac => mac.ToString()[..8]).Distinct().Order());
            Assert.Equal(macs.Count, macs.Distinct().Count());
        }
    }

    [Fact]
    public void Ipvlan_deckies_share_the_address_of_the_parent() =>
        Assert.All(Build(Ssh with { Driver = NetworkDriver.Ipvlan }).Deckies, decky => Assert.Null(decky.MacAddress));

    [Fact, Trait("Weakness", "W-06")]
    public void A_misspelt_family_is_refused_with_the_nearest()
    {
        var issue = Only(Ssh with { NmapOs = "windwos" });
        Assert.Equal("unknown-os-family", issue.Code);
        Assert.Contains("'windows'", issue.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_family_is_the_given_one_then_the_archetypes_then_linux()
    {
        Assert.Equal("bsd", Build(Ssh with { Archetype = "printer", NmapOs = "bsd" }).Deckies[0].NmapOs);
        Assert.Equal("embedded", Build(Ssh with { Archetype = "printer" }).Deckies[0].NmapOs);
        Assert.Equal("linux", Build(Ssh).Deckies[0].NmapOs);
    }

    [Fact, Trait("Weakness", "W-09")]
    public void New_deckies_count_as_mutated_now()
    {
        Assert.All(Build(Ssh).Deckies, decky => Assert.Equal(Now, decky.LastMutated));
        Assert.All(Builder().Build(Description(Section("a", 1))).Deckies, decky => Assert.Equal(Now, decky.LastMutated));
    }

    [Fact]
    public void The_rest_of_the_request_arrives()
    {
        var fleet = Build(Ssh with { MutateInterval = TimeSpan.FromMinutes(7), FleetMutateInterval = TimeSpan.FromHours(1), Interface = "eth1", Driver = NetworkDriver.Bridge, HostId = HostId.Parse("h-1"), Mode = FleetMode.Swarm });
        Assert.Equal((FleetMode.Swarm, "eth1", NetworkDriver.Bridge, TimeSpan.FromHours(1)), (fleet.Mode, fleet.Interface, fleet.Driver, fleet.MutateInterval!.Value));
        Assert.Equal((Ssh.Subnet, Ssh.Gateway), (fleet.Subnet, fleet.Gateway));
        Assert.All(fleet.Deckies, decky => Assert.Equal((TimeSpan.FromMinutes(7), HostId.Parse("h-1")), (decky.MutateInterval!.Value, decky.HostId!.Value)));
    }

    [Theory, Trait("Weakness", "L-6.2")]
    [InlineData(null, 60, 60)]
    [InlineData(7, 60, 7)]
    [InlineData(-1, 60, null)]
    [InlineData(null, -1, null)]
    [InlineData(null, null, null)]
    public void Deckies_get_the_interval_that_holds_for_them_or_none(int? own, int? general, int? expected)
    {
        static TimeSpan? Interval(int? minutes) => minutes is -1 ? Timeout.InfiniteTimeSpan : minutes is { } given ? TimeSpan.FromMinutes(given) : null;
        var fleet = Build(Ssh with { MutateInterval = Interval(own), FleetMutateInterval = Interval(general) });
        Assert.All(fleet.Deckies, decky => Assert.Equal(Interval(expected), decky.MutateInterval));
        Assert.Equal(general is -1 ? null : Interval(general), fleet.MutateInterval);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(59)]
    [InlineData(90)]
    public void Intervals_are_whole_minutes(int seconds)
    {
        var interval = TimeSpan.FromSeconds(seconds);
        Assert.Equal(["bad-interval", "bad-interval"], Codes(Ssh with { MutateInterval = interval, FleetMutateInterval = interval }));
    }
}
