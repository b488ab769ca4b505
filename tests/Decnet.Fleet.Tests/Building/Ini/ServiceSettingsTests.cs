namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class ServiceSettingsTests
{
    const string Group = "[web]\namount = 2\n";
    const string General = "[web.ssh]\npassword = all\nkernel_version = 6\n";
    const string Specific = "[web-01.ssh]\npassword = one\nhostname = x\n";

    [Theory]
    [Trait("Weakness", "W-26")]
    [InlineData(Group + General + Specific)]
    [InlineData(Group + Specific + General)]
    [InlineData(Specific + General + Group)]
    public void Specific_settings_are_merged_over_general_ones_in_any_order(string text)
    {
        var deckies = Clean(text).Deckies;
        Assert.Equal("one 6 x", Show(deckies[0], "password", "kernel_version", "hostname"));
        Assert.Equal("all 6", Show(deckies[1], "password", "kernel_version"));
        Assert.False(deckies[1].Settings["ssh"].ContainsKey("hostname"));
    }

    [Fact]
    [Trait("Weakness", "W-25")]
    public void Settings_of_a_group_reach_its_members_only()
    {
        var deckies = Clean(Group + "[web-proxy]\n[web-09]\n" + General).Deckies;
        Assert.Equal([1, 1, 0, 0], deckies.Select(decky => decky.Settings.Count));
    }

    [Fact]
    [Trait("Weakness", "W-25")]
    public void A_common_prefix_is_not_a_group() => HasError("[web-01]\n[web-proxy]\n" + General, FleetIniIssueCode.UnknownOwner, 3);

    [Theory]
    [Trait("Weakness", "W-27")]
    [InlineData("false")]
    [InlineData("b64:SGVsbG8=")]
    [InlineData("017")]
    public void Values_stay_as_written_for_the_builder_to_judge(string value)
    {
        var decky = Assert.Single(Clean($"[a]\n[a.rdp]\nnla = {value}").Deckies);
        Assert.Equal(new FleetIniValue(value, 3), decky.Settings["rdp"]["nla"]);
    }

    [Theory]
    [InlineData("[webb.ssh]", FleetIniIssueCode.UnknownOwner, "[web.ssh]")]
    [InlineData("[Web.ssh]", FleetIniIssueCode.UnknownOwner, "[web.ssh]")]
    [InlineData("[web-03.ssh]", FleetIniIssueCode.UnknownOwner, "[web-0")]
    [InlineData("[web.sssh]", FleetIniIssueCode.UnknownService, "[web.ssh]")]
    [InlineData("[web.SSH]", FleetIniIssueCode.UnknownService, "[web.ssh]")]
    [InlineData("[web.gopher]", FleetIniIssueCode.UnknownService, "[custom-gopher]")]
    public void A_section_for_nobody_is_an_error_with_the_nearest_name(string header, string code, string fix)
    {
        HasError($"{Group}{header}\npassword = x", code, 3);
        Assert.Contains(fix, Issue($"{Group}{header}").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_decky_whose_section_is_wrong_add_no_second_error() =>
        HasError("[Web_1]\namount = 3\n[Web_1.ssh]\npassword = x\n[Web_1-02.ssh]\npassword = y", FleetIniIssueCode.InvalidName, 1);

    static string Show(FleetIniDecky decky, params string[] keys) => string.Join(' ', keys.Select(key => decky.Settings["ssh"][key].Text));
}
