namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

/// <summary>MAC addresses that a description asks for.</summary>
public sealed class MacAddressTests
{
    const string General = "[general]\nnet = 10.0.0.0/24\ngw = 10.0.0.1\n";

    static Decnet.Fleet.Building.FleetBuildResult Try(string text, ValueList<Decky>? previous = null) =>
        Builder().TryBuild(FleetIniParser.Parse(General + text), new() { Seed = 1, Previous = previous ?? [] });

    [Fact]
    public void A_decky_gets_the_address_that_its_section_names()
    {
        var deckies = Try("[a]\nservices = ssh\n[b]\nservices = ssh\nmac = 02-AB-CD-00-00-01").GetFleet().Deckies;
        Assert.Equal("02:ab:cd:00:00:01", deckies[1].MacAddress.ToString());
        Assert.NotEqual(deckies[1].MacAddress, deckies[0].MacAddress);
    }

    [Fact]
    public void A_named_address_goes_before_the_one_from_before_even_of_another_decky()
    {
        var before = Try("[a]\nservices = ssh\n[b]\nservices = ssh").GetFleet().Deckies;
        var after = Try($"[a]\nservices = ssh\n[b]\nservices = ssh\nmac = {before[0].MacAddress}", before).GetFleet().Deckies;
        Assert.Equal(before[0].MacAddress, after[1].MacAddress);
        Assert.NotEqual(before[0].MacAddress, after[0].MacAddress);
    }

    [Fact]
    public void The_same_address_twice_is_an_error_with_its_line()
    {
        var issue = Assert.Single(Try("[a]\nservices = ssh\nmac = 02:00:00:00:00:01\n[b]\nservices = ssh\nmac = 02:00:00:00:00:01").Issues);
        Assert.Equal(("duplicate-mac", "b", 9), (issue.Code, issue.Target, issue.Line));
    }

    [Fact]
    public void An_address_of_a_decky_that_stays_beside_is_taken()
    {
        var before = Try("[a]\nservices = ssh").GetFleet().Deckies;
        Assert.Equal("duplicate-mac", Assert.Single(Try($"[b]\nservices = ssh\nmac = {before[0].MacAddress}", before).Issues).Code);
    }

    [Fact]
    public void Deckies_of_an_ipvlan_have_none_which_is_said()
    {
        var result = Try("driver = ipvlan\n[a]\nservices = ssh\nmac = 02:00:00:00:00:01");
        Assert.Equal(("ignored-mac", 7), (Assert.Single(result.Issues).Code, result.Issues[0].Line));
        Assert.Null(result.GetFleet().Deckies[0].MacAddress);
    }

    [Theory]
    [InlineData("02:00:00:00:00")]
    [InlineData("03:00:00:00:00:01")]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("0200.0000.0001")]
    public void What_is_no_address_of_a_host_is_an_error(string mac)
    {
        var issue = Assert.Single(FleetIniParser.Parse($"[a]\nservices = ssh\nmac = {mac}").Issues);
        Assert.Equal((FleetIniIssueCode.InvalidMac, 3), (issue.Code, issue.Line));
    }

    [Fact]
    public void A_group_cannot_share_one() =>
        Assert.Equal(FleetIniIssueCode.MacForGroup, Assert.Single(FleetIniParser.Parse("[a]\namount = 2\nmac = 02:00:00:00:00:01").Issues).Code);
}
