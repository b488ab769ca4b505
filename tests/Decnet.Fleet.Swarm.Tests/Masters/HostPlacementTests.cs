namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;
using Xunit;

public sealed class HostPlacementTests
{
    static readonly FleetHost[] Hosts = [Host("b-id", "alpha"), Host("a-id", "bravo"), Host("c-id", "charlie") with { Status = FleetHostStatus.Silent }];

    [Fact]
    public void Deckies_are_dealt_over_active_hosts_the_emptiest_first_and_then_by_name()
    {
        var present = Sample.Fleet(Decky("old-1", "b-id"), Decky("old-2", "b-id"));

        var placed = Place(Sample.Fleet([.. Enumerable.Range(1, 5).Select(i => Decky($"new-{i}"))]), present, PlacementRule.RoundRobin);

        Assert.Equal(["a-id", "a-id", "b-id", "a-id", "b-id"], placed.Deckies.Select(decky => decky.HostId!.Value.Value));
        Assert.Equal(FleetMode.Swarm, placed.Mode);
    }

    [Fact]
    public void A_decky_that_is_there_stays_where_it_is()
    {
        var present = Sample.Fleet(Decky("here"), Decky("there", "c-id"));

        var placed = Place(Sample.Fleet(Decky("here"), Decky("there")), present, PlacementRule.RoundRobin);

        Assert.Equal([null, HostId.Parse("c-id")], placed.Deckies.Select(decky => decky.HostId));
    }

    [Fact]
    public void A_decky_may_name_its_host_by_identity_or_by_name()
    {
        var placed = Place(Sample.Fleet(Decky("one", "alpha"), Decky("two", "a-id"), Decky("three", "local"), Decky("four")), null, PlacementRule.Local);

        Assert.Equal(["b-id", "a-id", "local", null], placed.Deckies.Select(decky => decky.HostId?.Value));
    }

    [Fact]
    public void A_fleet_without_other_hosts_stays_one_of_this_host()
    {
        var fleet = Sample.Fleet(Decky("one"));

        Assert.Equal(fleet, Place(fleet, null, PlacementRule.Local));
    }

    [Fact]
    public void All_unknown_hosts_are_told_with_those_that_are_known()
    {
        var error = Assert.Throws<FleetValidationException>(() => Place(Sample.Fleet(Decky("one", "alpah"), Decky("two", "zulu")), null, PlacementRule.Local));

        Assert.Equal(["one", "two"], error.Errors.Select(issue => issue.Target));
        Assert.Equal(("unknown-host", "There is no host 'alpah'."), (error.Errors[0].Code, error.Errors[0].Message));
        Assert.StartsWith("did you mean 'alpha'?", error.Errors[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_active_host_nothing_is_dealt()
    {
        var error = Assert.Throws<FleetValidationException>(
            () => HostPlacement.Place(Sample.Fleet(Decky("one")), null, [Hosts[2]], HostId.Local, PlacementRule.RoundRobin, Sample.Now));

        Assert.Equal("no-active-host", Assert.Single(error.Errors).Code);
    }

    [Fact]
    public void Twenty_thousand_deckies_are_dealt_evenly_over_a_thousand_hosts()
    {
        FleetHost[] hosts = [.. Enumerable.Range(0, 1000).Select(i => Host($"h{i}", $"h{i}"))];

        var placed = HostPlacement.Place(Sample.Fleet(Enumerable.Range(0, 20_000).Select(i => Decky($"d{i}"))), null, hosts, HostId.Local, PlacementRule.RoundRobin, Sample.Now);

        Assert.All(placed.Deckies.CountBy(decky => decky.HostId!.Value), load => Assert.Equal(20, load.Value));
    }

    static Fleet Place(Fleet wanted, Fleet? present, PlacementRule rule) => HostPlacement.Place(wanted, present, Hosts, HostId.Local, rule, Sample.Now);

    static Decky Decky(string name, string? host = null) => Sample.Decky(name, "198.18.0.9") with { HostId = host is null ? null : HostId.Parse(host) };

    static FleetHost Host(string id, string name) => new()
    {
        HostId = HostId.Parse(id),
        Name = name,
        Status = FleetHostStatus.Active,
        EnrolledAt = Sample.Now,
        LastHeartbeat = Sample.Now,
    };
}
