namespace Decnet.Fleet.Tests.Building.Ini;

using System.Net;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class GeneralSectionTests
{
    [Fact]
    public void All_keys_are_read_with_their_lines()
    {
        var ini = Clean("[general]\nnet = 10.0.0.77/24\ngw = 10.0.0.1\ninterface = eth0.100\ndriver = bridge\n[web]");
        Assert.Equal(IPNetwork.Parse("10.0.0.0/24"), ini.Subnet);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), ini.Gateway);
        Assert.Equal("eth0.100", ini.Interface);
        Assert.Equal(NetworkDriver.Bridge, ini.Driver);
        Assert.Equal((2, 3, 4, 5), (ini.Lines["net"], ini.Lines["gw"], ini.Lines["interface"], ini.Lines["driver"]));
    }

    [Theory]
    [Trait("Weakness", "W-21")]
    [InlineData("mutate_interval = 45")]
    [InlineData("mutate-interval = 45")]
    public void The_interval_is_read(string line)
    {
        var ini = Clean($"[general]\n{line}\n[web]");
        Assert.Equal(TimeSpan.FromMinutes(45), ini.MutateInterval);
        Assert.Equal(2, ini.Lines["mutate_interval"]);
    }

    [Theory]
    [Trait("Weakness", "L-6.2")]
    [InlineData("off")]
    [InlineData("OFF")]
    public void An_interval_can_be_off(string value)
    {
        var ini = Clean($"[general]\nmutate_interval = {value}\n[web]\nmutate_interval = {value}");
        Assert.Equal((Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), (ini.MutateInterval, ini.Deckies[0].MutateInterval));
    }

    [Theory]
    [InlineData("macvlan", NetworkDriver.Macvlan)]
    [InlineData("ipvlan", NetworkDriver.Ipvlan)]
    [InlineData("bridge", NetworkDriver.Bridge)]
    public void Each_driver_is_known(string word, NetworkDriver driver) => Assert.Equal(driver, Clean($"[general]\ndriver={word}\n[web]").Driver);

    [Theory]
    [InlineData("net = 10.0.0.0", FleetIniIssueCode.InvalidNetwork)]
    [InlineData("net = 10.0.0.0/33", FleetIniIssueCode.InvalidNetwork)]
    [InlineData("net = fe80::/64", FleetIniIssueCode.InvalidNetwork)]
    [InlineData("gw = 10.0.0.01", FleetIniIssueCode.InvalidAddress)]
    [InlineData("gw = ::1", FleetIniIssueCode.InvalidAddress)]
    [InlineData("interface = a-name-that-is-too-long", FleetIniIssueCode.InvalidInterface)]
    [InlineData("interface = Ethernet 2", FleetIniIssueCode.InvalidInterface)]
    [InlineData("interface = ..", FleetIniIssueCode.InvalidInterface)]
    [InlineData("driver = macvlam", FleetIniIssueCode.UnknownDriver)]
    [InlineData("driver = overlay", FleetIniIssueCode.UnknownDriver)]
    [InlineData("mutate_interval = 0", FleetIniIssueCode.InvalidInterval)]
    [InlineData("mutate_interval = never", FleetIniIssueCode.InvalidInterval)]
    [InlineData("mutate_interval = 1_0", FleetIniIssueCode.InvalidInterval)]
    [InlineData("mutate_interval = 99999999999", FleetIniIssueCode.InvalidInterval)]
    public void A_bad_value_is_an_error(string line, string code) => HasError($"[web]\n[general]\n{line}", code, 3);

    [Theory]
    [Trait("Weakness", "W-12")]
    [InlineData("ipvlan = true", "driver = ipvlan")]
    [InlineData("subnet = 10.0.0.0/24", "'net'")]
    [InlineData("gateway = 10.0.0.1", "'gw'")]
    [InlineData("interfaces = eth0", "'interface'")]
    [InlineData("colour = red", "mutate_interval")]
    public void An_unknown_key_is_a_warning_with_the_known_one(string line, string fix)
    {
        var text = $"[web]\n[general]\n{line}";
        HasWarning(text, FleetIniIssueCode.UnknownKey, 3);
        Assert.Contains(fix, Issue(text).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[General]")]
    [InlineData("[GENERAL]")]
    public void Another_case_is_an_error_that_proposes_the_right_one(string header)
    {
        HasError($"[web]\n{header}\nnet = 10.0.0.0/24", FleetIniIssueCode.SectionCase, 2);
        Assert.Contains("[general]", Issue($"[web]\n{header}").Fix, StringComparison.Ordinal);
    }
}
