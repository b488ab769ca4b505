namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class SettingsTests
{
    [Fact, Trait("Weakness", "W-27")]
    public void Settings_of_a_request_are_typed_and_shared()
    {
        var fleet = Build(Ssh with { Services = ["rdp"], ServiceConfig = ServiceTests.Config("rdp", "nla", "false") });
        Assert.Equal(SettingValue.Of(false), fleet.Deckies[0].ServiceConfig["rdp"]["nla"]);
        Assert.Same(fleet.Deckies[0].ServiceConfig, fleet.Deckies[2].ServiceConfig);
    }

    [Fact, Trait("Weakness", "W-27")]
    public void Settings_of_an_ini_description_are_typed()
    {
        var decky = Section("a", 1) with { Services = ["rdp", "http"], Settings = Settings("rdp", "nla", "no", 4).With("http", new([new("custom_body", new FleetIniValue("b64:aGk=", 6))])) };
        var built = Builder().Build(Description(decky)).Deckies[0];
        Assert.Equal(SettingValue.Of(false), built.ServiceConfig["rdp"]["nla"]);
        Assert.Equal(SettingValue.Of("hi"), built.ServiceConfig["http"]["custom_body"]);
    }

    [Fact, Trait("Weakness", "W-27")]
    public void A_bad_setting_is_refused_in_a_request_and_with_its_line_in_an_ini_description()
    {
        Assert.Equal("unknown-setting", Only(Ssh with { ServiceConfig = ServiceTests.Config("ssh", "passwort", "x") }).Code);
        var result = Builder().TryBuild(Description(Group("g", 1, 3, decky => decky with { Settings = Settings("ssh", "passwort", "x", 7) })));
        var issue = Assert.Single(result.Issues);
        Assert.Equal(("unknown-setting", 7), (issue.Code, issue.Line));
    }

    [Fact]
    public void Settings_for_a_service_that_no_decky_runs_warn_and_are_left_out()
    {
        var result = Builder().TryBuild(Ssh with { ServiceConfig = ServiceTests.Config("http", "response_code", 404) });
        Assert.Equal("unused-settings", Assert.Single(result.Issues).Code);
        Assert.Empty(result.Fleet!.Deckies[0].ServiceConfig);

        result = Builder().TryBuild(Description(Section("a", 1) with { Settings = Settings("http", "response_code", "404", 9) }));
        Assert.Equal(("unused-settings", 9), (result.Issues[0].Code, result.Issues[0].Line));
    }

    [Fact]
    public void Random_deckies_get_the_settings_of_what_they_run()
    {
        var result = Builder().TryBuild(Random with { Count = 200, ServiceConfig = ServiceTests.Config("ssh", "password", "toor") });
        Assert.Empty(result.Issues);
        Assert.All(result.Fleet!.Deckies, decky => Assert.Equal(decky.Services.Contains("ssh"), decky.ServiceConfig.ContainsKey("ssh")));
        Assert.Contains(result.Fleet.Deckies, decky => decky.ServiceConfig.Count == 1);
    }

    [Fact]
    public void Settings_for_an_unknown_service_are_refused() =>
        Assert.Equal("unknown-service", Only(Ssh with { ServiceConfig = ServiceTests.Config("shh", "password", "x") }).Code);

    [Fact]
    public void Members_of_a_group_can_differ_in_settings()
    {
        var deckies = Group("g", 1, 3, decky => decky with { Settings = Settings("ssh", "password", decky.Name == "g-02" ? "two" : "all", 5) });
        Assert.Equal(["all", "two", "all"], Builder().Build(Description(deckies)).Deckies.Select(decky => decky.ServiceConfig["ssh"]["password"].ToString()));
    }
}
