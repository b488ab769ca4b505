namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class CustomServiceTests
{
    const string Decky = "[web]\n";

    [Fact]
    public void A_service_is_defined_with_image_command_and_typed_ports()
    {
        var service = Assert.Single(Clean(
            Decky + "[custom-plc_2]\nbinary = registry.local:5000/plc@sha256:ab\nexec = plc --name \"a b\"\nports = 4840, 502/tcp, 161/udp").CustomServices);
        Assert.Equal(("plc_2", "registry.local:5000/plc@sha256:ab"), (service.Slug, service.Image));
        Assert.Equal(["plc", "--name", "a b"], service.Command);
        Assert.Equal(["4840/tcp", "502/tcp", "161/udp"], service.Ports.Select(port => port.ToString()));
        Assert.False(service.FleetSingleton);
    }

    [Fact]
    public void Command_and_ports_may_be_left_out()
    {
        var service = Assert.Single(Clean(Decky + "[custom-plc]\nbinary = plc").CustomServices);
        Assert.Empty(service.Command);
        Assert.Empty(service.Ports);
    }

    [Theory]
    [Trait("Weakness", "W-22")]
    [InlineData("services = ssh", FleetIniIssueCode.UnknownKey)]
    [InlineData("binary =", null)]
    [InlineData("", null)]
    public void A_custom_section_without_binary_tells_how_to_name_a_decky(string line, string? also)
    {
        var issues = FleetIniParser.Parse($"{Decky}[custom-web-2]\n{line}").Issues;
        var missing = Assert.Single(issues, issue => issue.Code == FleetIniIssueCode.CustomWithoutBinary);
        Assert.Equal((FleetIssueSeverity.Error, 2), (missing.Severity, missing.Line));
        Assert.Contains("[web-2]", missing.Fix, StringComparison.Ordinal);
        Assert.True(also is null || issues.Any(issue => issue.Code == also));
    }

    [Fact]
    [Trait("Weakness", "W-22")]
    public void Settings_for_a_custom_section_as_if_it_were_a_decky_are_an_error() =>
        HasError(Decky + "[custom-plc]\nbinary = plc\n[custom-plc.ssh]\npassword = x", FleetIniIssueCode.UnknownOwner, 4);

    [Theory]
    [Trait("Weakness", "W-23")]
    [InlineData("custom-", "binary = x", FleetIniIssueCode.InvalidSlug, 2)]
    [InlineData("custom-my-plc", "binary = x", FleetIniIssueCode.InvalidSlug, 2)]
    [InlineData("custom-PLC", "binary = x", FleetIniIssueCode.InvalidSlug, 2)]
    [InlineData("custom-_plc", "binary = x", FleetIniIssueCode.InvalidSlug, 2)]
    [InlineData("custom-aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde", "binary = x", FleetIniIssueCode.InvalidSlug, 2)]
    [InlineData("custom-ssh", "binary = x", FleetIniIssueCode.ServiceExists, 2)]
    [InlineData("Custom-plc", "binary = x", FleetIniIssueCode.SectionCase, 2)]
    [InlineData("custom-plc", "binary = my image", FleetIniIssueCode.InvalidImage, 3)]
    [InlineData("custom-plc", "binary = --privileged", FleetIniIssueCode.InvalidImage, 3)]
    [InlineData("custom-plc", "binary = x\nports = 0", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = 65536", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = -1", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = 80/sctp", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = 80/", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = http", FleetIniIssueCode.InvalidPort, 4)]
    [InlineData("custom-plc", "binary = x\nports = 80,", FleetIniIssueCode.EmptyElement, 4)]
    [InlineData("custom-plc", "binary = x\nexec = sh -c 'a", FleetIniIssueCode.UnclosedQuote, 4)]
    [InlineData("custom-plc", "binary = x\nexec = a\\", FleetIniIssueCode.UnclosedQuote, 4)]
    public void A_bad_definition_is_an_error(string section, string keys, string code, int line) =>
        HasError($"{Decky}[{section}]\n{keys}", code, line);

    [Fact]
    public void A_port_that_is_there_twice_is_a_warning() =>
        HasWarning(Decky + "[custom-plc]\nbinary = x\nports = 80, 80/tcp, 80/udp", FleetIniIssueCode.DuplicatePort, 4);

    [Theory]
    [Trait("Weakness", "W-24")]
    [InlineData("[web.plc]\nmode = slave\n[web]\nservices = plc\n[custom-plc]\nbinary = x")]
    [InlineData("[custom-plc]\nbinary = x\n[web]\nservices = plc\n[web.plc]\nmode = slave")]
    public void Settings_of_a_custom_service_are_not_a_decky(string text)
    {
        var decky = Assert.Single(Clean(text).Deckies);
        Assert.Equal("slave", decky.Settings["plc"]["mode"].Text);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a  b\tc\nd", "a|b|c|d")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("\"a \\\" \\\\ \\n\"", "a \" \\ \\n")]
    [InlineData("a\\ b '' \"\"", "a b||")]
    [InlineData("'a\\'b", "a\\b")]
    [InlineData("$HOME `x` *", "$HOME|`x`|*")]
    public void A_command_is_split_as_a_shell_does(string text, string words) =>
        Assert.Equal(words.Length == 0 ? [] : words.Split('|'), CommandLine.Split(text)!);

    [Theory]
    [InlineData("\"/opt/my app/plc\"", "/opt/my app/plc")]
    [InlineData("sh -c \"echo # x\" # note", "sh|-c|echo # x")]
    [InlineData("plc\n  --port\n  4840", "plc|--port|4840")]
    public void A_command_keeps_its_quotes_until_it_is_split(string value, string words) =>
        Assert.Equal(words.Split('|'), Assert.Single(Clean($"{Decky}[custom-plc]\nbinary=x\nexec = {value}").CustomServices).Command);
}
