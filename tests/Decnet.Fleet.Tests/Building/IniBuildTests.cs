namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class IniBuildTests
{
    static FleetBuildResult Try(FleetIni ini, FleetIniOptions? options = null) => Builder().TryBuild(ini, options);

    static FleetIssue Only(FleetIni ini, FleetIniOptions? options = null) => Assert.Single(Try(ini, options).Issues);

    [Fact, Trait("Weakness", "W-01")]
    public void A_description_without_deckies_is_refused() => Assert.Equal("no-deckies", Only(Description()).Code);

    [Fact, Trait("Weakness", "W-15")]
    public void Faults_of_syntax_and_of_meaning_come_together_by_line()
    {
        var ini = Description(Section("a", 10) with { Services = ["shh"], NmapOs = "x", Lines = new([new("services", 12)]) }) with
        {
            Issues = [FleetIssue.Error("unknown-key", "early", line: 3), FleetIssue.Error("bad", "late", line: 40)],
        };
        var error = Assert.Throws<FleetValidationException>(() => Builder().Build(ini));
        Assert.Equal([3, 10, 12, 40], error.Errors.Select(issue => issue.Line!.Value));
        Assert.Equal("lab.ini", error.Subject);
    }

    [Fact]
    public void Faults_of_the_text_alone_refuse_it() =>
        Assert.False(Try(Description(Section("a", 1)) with { Issues = [FleetIssue.Error("x", "y", line: 1)] }).Succeeded);

    [Fact]
    public void Warnings_of_the_text_stay() =>
        Assert.Equal("x", Only(Description(Section("a", 1)) with { Issues = [FleetIssue.Warning("x", "y", line: 1)] }).Code);

    [Fact]
    public void Explicit_addresses_are_reserved_for_the_whole_document()
    {
        var fleet = Builder().Build(Description(Section("a", 1), Section("b", 3), Section("c", 5) with { IPAddress = IP("10.0.0.2") }), new() { HostAddresses = [IP("10.0.0.4")] });
        Assert.Equal(["10.0.0.3", "10.0.0.5", "10.0.0.2"], fleet.Deckies.Select(decky => decky.IPAddress.ToString()));
    }

    [Theory, Trait("Weakness", "W-13")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.255")]
    [InlineData("10.0.0.7")]
    [InlineData("10.0.0.8")]
    [InlineData("10.0.0.9")]
    [InlineData("10.0.1.9")]
    public void An_address_that_cannot_be_had_is_refused_with_its_line(string address)
    {
        var ini = Description(Section("a", 1) with { IPAddress = IP("10.0.0.9") }, Section("b", 4) with { IPAddress = IP(address), Lines = new([new("ip", 6)]) });
        var issue = Only(ini, new() { HostAddresses = [IP("10.0.0.7")], Reserved = [IP("10.0.0.8")] });
        Assert.Equal(("bad-address", "b", 6), (issue.Code, issue.Target, issue.Line));
    }

    [Fact, Trait("Weakness", "W-13")]
    public void A_name_that_is_taken_is_refused_with_its_line()
    {
        Assert.Equal(("duplicate-name", 4), (Only(Description(Section("a", 1), Section("a", 4))).Code, Only(Description(Section("a", 1), Section("a", 4))).Line));
        Assert.Equal("duplicate-name", Only(Description(Section("a", 1)), new() { ReservedNames = [DeckyName.Parse("a")] }).Code);
    }

    [Fact]
    public void A_section_without_services_and_archetype_is_random()
    {
        var decky = Section("a", 1) with { Services = null };
        var combinations = Enumerable.Range(0, 30).Select(seed => Builder().Build(Description(decky), new() { Seed = seed }).Deckies[0].Services);
        Assert.True(combinations.Distinct().Count() > 20);
    }

    [Fact, Trait("Weakness", "W-06")]
    public void A_fault_of_a_group_is_reported_once()
    {
        var issue = Only(Description(Group("g", 3, 40, decky => decky with { NmapOs = "windos", Lines = new([new("nmap_os", 5)]) })));
        Assert.Equal(("unknown-os-family", "g", 5), (issue.Code, issue.Target, issue.Line));
    }

    [Fact, Trait("Weakness", "W-14"), Trait("Weakness", "W-21"), Trait("Weakness", "L-6.2")]
    public void The_intervals_of_the_description_hold_without_an_option()
    {
        var never = Section("c", 10) with { MutateInterval = Timeout.InfiniteTimeSpan };
        var ini = Description(Section("a", 6) with { MutateInterval = TimeSpan.FromMinutes(45) }, Section("b", 8), never) with { MutateInterval = TimeSpan.FromMinutes(20) };
        var fleet = Builder().Build(ini);
        Assert.Equal([TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(20), null], fleet.Deckies.Select(decky => decky.MutateInterval));
        Assert.Equal(TimeSpan.FromMinutes(20), fleet.MutateInterval);
        Assert.Null(Builder().Build(Description(Section("a", 6))).MutateInterval);
        Assert.Null(Builder().Build(Description(Section("a", 6)) with { MutateInterval = Timeout.InfiniteTimeSpan }).MutateInterval);
    }

    [Fact, Trait("Weakness", "L-6.2")]
    public void Rotation_can_be_turned_off_from_outside()
    {
        var ini = Description(Section("a", 6) with { MutateInterval = TimeSpan.FromMinutes(45) }, Section("b", 8)) with { MutateInterval = TimeSpan.FromMinutes(20) };
        var result = Try(ini, new() { MutateInterval = Timeout.InfiniteTimeSpan });
        Assert.All(result.Fleet!.Deckies, decky => Assert.Null(decky.MutateInterval));
        Assert.Null(result.Fleet.MutateInterval);
        Assert.Contains("off was given instead of 20 minutes", result.Issues[0].Message, StringComparison.Ordinal);
        Assert.Equal([5, 6], result.Issues.Select(issue => issue.Line!.Value));
    }

    [Fact, Trait("Weakness", "W-14"), Trait("Weakness", "W-12")]
    public void An_interval_that_is_given_overrides_and_warns()
    {
        var ini = Description(Section("a", 6) with { MutateInterval = TimeSpan.FromMinutes(45) }, Section("b", 8)) with { MutateInterval = TimeSpan.FromMinutes(20) };
        var result = Try(ini, new() { MutateInterval = TimeSpan.FromMinutes(5) });
        Assert.All(result.Fleet!.Deckies, decky => Assert.Equal(TimeSpan.FromMinutes(5), decky.MutateInterval));
        Assert.Equal(TimeSpan.FromMinutes(5), result.Fleet.MutateInterval);
        Assert.Equal([("ignored-key", 5), ("ignored-key", 6)], result.Issues.Select(issue => (issue.Code, issue.Line!.Value)));
    }

    [Fact, Trait("Weakness", "W-12")]
    public void Options_override_the_description_with_a_warning_for_what_differs()
    {
        var options = new FleetIniOptions { Subnet = IPNetwork.Parse("10.9.0.0/24"), Gateway = IP("10.9.0.1"), Interface = "eth7", Driver = NetworkDriver.Bridge };
        var result = Try(Description(Section("a", 9)) with { Interface = "eth7", Driver = NetworkDriver.Ipvlan }, options);
        Assert.Equal(("eth7", NetworkDriver.Bridge, options.Subnet.Value, "10.9.0.2"), (result.Fleet!.Interface, result.Fleet.Driver, result.Fleet.Subnet, result.Fleet.Deckies[0].IPAddress.ToString()));
        Assert.Equal(["general/net", "general/gw", "general/driver"], result.Issues.Select(issue => issue.Target));
        Assert.All(result.Issues, issue => Assert.Equal((FleetIssueSeverity.Warning, "ignored-key"), (issue.Severity, issue.Code)));
    }

    [Fact, Trait("Weakness", "W-37")]
    public void Defaults_fill_gaps_but_a_gateway_of_another_network_does_not()
    {
        var open = Description(Section("a", 9)) with { Subnet = null, Gateway = null, Lines = ValueMap<int>.Empty };
        var defaults = new FleetIniOptions { DefaultSubnet = IPNetwork.Parse("10.5.0.0/24"), DefaultGateway = IP("10.5.0.1"), DefaultInterface = "eth3" };
        var fleet = Builder().Build(open, defaults);
        Assert.Equal((defaults.DefaultSubnet.Value, defaults.DefaultGateway, "eth3"), (fleet.Subnet, fleet.Gateway, fleet.Interface));
        Assert.Equal("missing-gateway", Only(open with { Subnet = IPNetwork.Parse("10.0.0.0/24") }, defaults).Code);
        Assert.Equal(["missing-subnet", "missing-gateway"], Try(open).Issues.Select(issue => issue.Code));
    }

    [Fact]
    public void A_network_that_could_not_be_read_is_not_missing_as_well()
    {
        var ini = Description(Section("a", 9)) with { Subnet = null, Issues = [FleetIssue.Error("invalid-network", "x", line: 2)] };
        Assert.Equal("invalid-network", Only(ini).Code);
    }

    [Theory]
    [InlineData("custom-plc")]
    [InlineData("custom-plc/ports")]
    public void A_service_whose_section_was_refused_is_not_unknown_as_well(string target)
    {
        var ini = Description(Section("a", 9) with { Services = ["ssh", "plc"] }) with { Issues = [FleetIssue.Error("custom-without-binary", "x", target: target, line: 20)] };
        Assert.Equal("custom-without-binary", Only(ini).Code);
    }

    [Fact]
    public void Errors_do_not_multiply_with_the_services_of_a_description()
    {
        var services = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"[custom-plc{i}]\nbinary = plc\n"));
        var deckies = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"[d{i}]\nservices = pcl{i}\n"));
        var result = Try(FleetIniParser.Parse("[general]\nnet = 10.0.0.0/16\ngw = 10.0.0.1\n" + services + deckies));
        Assert.Equal(3_000, result.Errors.Count(issue => issue.Code == "unknown-service"));
        Assert.InRange(result.Issues.Sum(issue => issue.Message.Length + issue.Fix!.Length), 0, 500_000);
    }

    [Theory, Trait("Weakness", "W-15")]
    [InlineData("[Web_1]", "services = ssh")]
    [InlineData("[web]", "amount = 0")]
    [InlineData("[web]", "amount = 101")]
    public void A_bad_name_or_amount_hides_no_other_fault_of_its_section(string section, string line)
    {
        var result = Try(FleetIniParser.Parse($"[general]\nnet = 10.0.0.0/24\ngw = 10.0.0.1\n{section}\n{line}\nip = 10.0.0.1\nnmap_os = windos\n[other]\nservices = ssh\n[{section[1..^1]}.ssh]\nuzer = x\n"));
        Assert.Equal([6, 7, 11], result.Issues.Select(issue => issue.Line!.Value).Where(at => at > 5));
        Assert.Single(result.Issues, issue => issue.Line <= 5);
    }

    [Fact]
    public void A_shortage_names_network_decky_and_line()
    {
        var issue = Only(Description(Section("a", 5), Section("b", 7), Section("c", 9)) with { Subnet = IPNetwork.Parse("10.0.0.0/30"), Gateway = IP("10.0.0.1") });
        Assert.Equal(("not-enough-addresses", "b", 7), (issue.Code, issue.Target, issue.Line));
    }

    [Fact, Trait("Weakness", "W-16")]
    public void Services_of_the_description_belong_to_its_fleet_alone()
    {
        var plc = new ServiceDefinition { Slug = "plc", DisplayName = "PLC", Image = "lab/plc:1", Ports = [new(PortProtocol.Tcp, 4840)] };
        var cam = plc with { Slug = "cam", Ports = [new(PortProtocol.Tcp, 554)] };
        var ini = Description(Section("a", 1) with { Services = ["plc", "cam"] });
        var builder = Builder();
        var fleet = builder.Build(ini with { CustomServices = [plc] }, new() { Catalog = new() { Services = [cam] } });
        Assert.Equal(["cam", "plc"], fleet.Catalog!.Services.Select(service => service.Slug));
        Assert.Equal(["unknown-service", "unknown-service"], builder.TryBuild(ini).Issues.Select(issue => issue.Code));
    }
}
