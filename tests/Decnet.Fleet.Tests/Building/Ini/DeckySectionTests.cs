namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class DeckySectionTests
{
    [Fact]
    [Trait("Weakness", "W-12")]
    public void All_keys_are_read_distro_and_hostname_too()
    {
        var decky = Assert.Single(Clean(
            "[web-01]\nip=10.0.0.9\nservices = ssh , http\narchetype=web-server\ndistro=alpine\n"
            + "hostname=Shop.example\nnmap_os=linux\nmutate_interval=5\namount=1\nhost=rack-2").Deckies);
        Assert.Equal(DeckyName.Parse("web-01"), decky.Name);
        Assert.Equal("web-01", decky.Section);
        Assert.Equal("10.0.0.9", decky.IPAddress?.ToString());
        Assert.Equal(["ssh", "http"], decky.Services!);
        Assert.Equal(("web-server", "alpine", "Shop.example", "linux"), (decky.Archetype, decky.Distro, decky.Hostname, decky.NmapOs));
        Assert.Equal(TimeSpan.FromMinutes(5), decky.MutateInterval);
        Assert.Equal(8, decky.Lines["mutate_interval"]);
        Assert.Equal(HostId.Parse("rack-2"), decky.HostId);
    }

    [Fact]
    public void What_is_not_written_is_null()
    {
        var decky = Assert.Single(Clean("[a]").Deckies);
        var bare = new FleetIniDecky { Name = DeckyName.Parse("a"), Section = "a", Line = 1 };
        Assert.Equal(bare, decky);
    }

    [Theory]
    [InlineData("ip = 10.0.0.256", FleetIniIssueCode.InvalidAddress)]
    [InlineData("ip = 10.0.0.1/24", FleetIniIssueCode.InvalidAddress)]
    [InlineData("ip = 10.0.0.1\u00a0", FleetIniIssueCode.InvalidAddress)]
    [InlineData("services = ssh,", FleetIniIssueCode.EmptyElement)]
    [InlineData("services = ssh,,http", FleetIniIssueCode.EmptyElement)]
    [InlineData("services = , ssh", FleetIniIssueCode.EmptyElement)]
    [InlineData("mutate_interval = 30m", FleetIniIssueCode.InvalidInterval)]
    [InlineData("mutate_interval = -1", FleetIniIssueCode.InvalidInterval)]
    [InlineData("host = rack 2", FleetIniIssueCode.InvalidHost)]
    public void A_bad_value_is_an_error(string line, string code) => HasError($"[web]\n{line}", code, 2);

    [Theory]
    [InlineData("ssh,", "after the last comma")]
    [InlineData(",ssh", "at place 1")]
    [InlineData("ssh,,http,", "at place 2, and 1 more")]
    public void An_empty_element_is_named(string list, string place) =>
        Assert.EndsWith(place, Issue($"[web]\nservices = {list}").Message, StringComparison.Ordinal);

    [Theory]
    [Trait("Weakness", "W-12")]
    [InlineData("service = ssh", "'services'")]
    [InlineData("archtype = printer", "'archetype'")]
    [InlineData("nmapos = linux", "'nmap_os'")]
    [InlineData("count = 3", "'amount'")]
    [InlineData("password = toor", "ip, services")]
    public void An_unknown_key_is_a_warning_with_the_known_one(string line, string fix)
    {
        HasWarning($"[web]\n{line}", FleetIniIssueCode.UnknownKey, 2);
        Assert.Contains(fix, Issue($"[web]\n{line}").Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services =")]
    [InlineData("ip = # none")]
    [InlineData("archetype = \"\"")]
    public void A_blank_value_counts_as_not_written(string line)
    {
        HasWarning($"[web]\n{line}", FleetIniIssueCode.BlankValue, 2);
        var decky = Assert.Single(FleetIniParser.Parse($"[web]\n{line}").Deckies);
        Assert.True(decky is { Services: null, IPAddress: null, Archetype: null });
    }

    [Theory]
    [InlineData("nmap-os = bsd", "nmap_os = linux", "linux")]
    [InlineData("nmap_os = linux", "nmap-os = bsd", "linux")]
    [InlineData("nmap_os =", "nmap-os = bsd", "bsd")]
    [InlineData("nmap-os = bsd", "nmap_os =", "bsd")]
    public void Of_two_spellings_the_underscore_wins_unless_it_is_blank(string first, string second, string used)
    {
        HasWarning($"[web]\n{first}\n{second}", FleetIniIssueCode.TwoSpellings, 3);
        Assert.Equal(used, FleetIniParser.Parse($"[web]\n{first}\n{second}").Deckies[0].NmapOs);
    }

    [Theory]
    [Trait("Weakness", "W-48")]
    [InlineData("Web_1", "[web-1]")]
    [InlineData("-web", "[web]")]
    [InlineData("_web", "[web]")]
    [InlineData("web-", "[web]")]
    [InlineData("my web", "[my-web]")]
    [InlineData("größe", "[gr-e]")]
    public void A_name_that_does_not_fit_is_an_error_that_proposes_one(string name, string proposal)
    {
        HasError($"\n[{name}]", FleetIniIssueCode.InvalidName, 2);
        Assert.Contains(proposal, Issue($"[{name}]").Fix, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Weakness", "W-48")]
    [InlineData(".web")]
    [InlineData("corp.web")]
    public void A_name_with_dots_is_no_decky(string name) => HasError($"[a]\n[{name}]", FleetIniIssueCode.UnknownService, 2);

    [Theory]
    [Trait("Weakness", "W-01")]
    [InlineData("", FleetIniIssueCode.Empty)]
    [InlineData(" \n# only a comment\r\n", FleetIniIssueCode.Empty)]
    [InlineData("[general]\nnet = 10.0.0.0/24", FleetIniIssueCode.NoDeckies)]
    [InlineData("[custom-plc]\nbinary = plc", FleetIniIssueCode.NoDeckies)]
    public void A_description_without_deckies_is_refused(string text, string code)
    {
        HasError(text, code, null);
        Assert.Throws<FleetValidationException>(() => FleetIniParser.Parse(text).ThrowIfInvalid());
    }
}
