namespace Decnet.Fleet.Tests.Building.Ini;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class FleetIniWriterTests
{
    static readonly Fleet One = Build(Ssh with { Count = 1, Names = ["web-01"], Services = ["http"] });

    static Fleet With(Func<Decky, Decky> change) => One with { Deckies = [change(One.Deckies[0])] };

    static Fleet WithSetting(string service, string key, string value) => With(decky => decky with
    {
        ServiceConfig = new([new(service, new([new(key, SettingValue.Of(value))]))]),
    });

    static FleetIssue Only(Fleet fleet)
    {
        var issues = new List<FleetIssue>();
        FleetIniWriter.Write(fleet, issues);
        return Assert.Single(issues);
    }

    [Fact]
    public void A_text_names_everything_of_a_decky_in_the_order_of_the_page()
    {
        var fleet = With(decky => decky with
        {
            Hostname = "www",
            MacAddress = MacAddress.Parse("00:0c:29:4f:8a:11"),
            MutateInterval = TimeSpan.FromMinutes(45),
            ServiceConfig = new([new("http", new([new("server_header", SettingValue.Of("a # b"))]))]),
        }) with
        { Interface = "eth0" };
        Assert.Equal(
            """
            [general]
            net = 10.0.0.0/24
            gw = 10.0.0.1
            interface = eth0
            driver = macvlan

            [web-01]
            ip = 10.0.0.2
            services = http
            distro = debian
            hostname = www
            nmap_os = linux
            mac = 00:0c:29:4f:8a:11
            mutate_interval = 45

            [web-01.http]
            server_header = "a # b"

            """,
            FleetIniWriter.Write(fleet));
    }

    [Fact]
    public void A_text_area_stays_readable_where_lines_can_hold_it()
    {
        var text = FleetIniWriter.Write(WithSetting("http", "custom_body", "<html>\n\n  <p># x\n"));
        Assert.Contains("custom_body =\n    <html>\n    \"\"\n    \"  <p># x\"\n    \"\"\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\nx")]
    [InlineData("a\r\nb")]
    [InlineData("b64:x")]
    [InlineData("a\u001bb")]
    public void Other_text_areas_are_encoded(string body) => Assert.Contains(
        "custom_body = b64:" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(body)) + "\n",
        FleetIniWriter.Write(WithSetting("http", "custom_body", body)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("http", "server_header", "x\n[evil]\nservices = ssh")]
    [InlineData("http]\n[evil", "server_header", "x")]
    [InlineData("http", "x\n[evil]\nservices", "ssh")]
    public void No_setting_can_add_a_section(string service, string key, string value)
    {
        var fleet = WithSetting(service, key, value);
        Assert.Equal(["web-01"], FleetIniParser.Parse(FleetIniWriter.Write(fleet)).Deckies.Select(decky => decky.Name.Value));
        Assert.Equal((FleetIniIssueCode.NotInText, "web-01"), (Only(fleet).Code, Only(fleet).Target));
    }

    [Fact]
    public void No_command_can_add_a_section()
    {
        var service = new ServiceDefinition { Slug = "plc", DisplayName = "plc", Image = "plc:1", Command = ["a\n[evil]\nservices = ssh"] };
        var fleet = One with { Catalog = new CatalogOverlay { Services = [service] } };
        Assert.DoesNotContain("evil", FleetIniWriter.Write(fleet), StringComparison.Ordinal);
        Assert.Equal("catalog", Only(fleet).Target);
    }

    [Fact]
    public void A_decky_without_rotation_in_a_fleet_with_one_says_so() => Assert.Contains(
        "mutate_interval = 30\n\n[web-01]\nip = 10.0.0.2\nservices = http\ndistro = debian\nhostname = ",
        FleetIniWriter.Write(One with { MutateInterval = TimeSpan.FromMinutes(30) }),
        StringComparison.Ordinal);

    [Fact]
    public void The_text_says_which_host_runs_a_decky()
    {
        var fleet = With(decky => decky with { HostId = HostId.Parse("b") }) with { Mode = FleetMode.Swarm };

        var text = FleetIniWriter.Write(fleet);

        Assert.Contains("\nhost = b\n", text, StringComparison.Ordinal);
        Assert.Equal(HostId.Parse("b"), Assert.Single(new FleetBuilder().Build(FleetIniParser.Parse(text)).Deckies).HostId);
    }

    [Fact]
    public void What_the_text_cannot_carry_is_told()
    {
        Assert.Equal("web-01", Only(With(decky => decky with { MacAddress = null })).Target);
        Assert.Contains("images of web-01", Only(With(decky => decky with { BaseImage = "debian:old" })).Message, StringComparison.Ordinal);
        Assert.Equal("mode", Only(One with { Mode = FleetMode.Swarm }).Target);
        Assert.Equal("log_file", Only(One with { LogFile = "/var/log/x" }).Target);
        Assert.Equal("gw", Only(One with { Gateway = IPAddress.Parse("192.0.2.1") }).Target);
        Assert.Contains("settings of services of web-01", Only(WithSetting("ssh", "password", "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_that_a_section_cannot_define_are_left_to_a_catalog_file()
    {
        var plain = new ServiceDefinition { Slug = "plc", DisplayName = "Press", Image = "plc:1" };
        var fleet = With(decky => decky with { Services = ["plc", "scada"] }) with
        {
            Catalog = new CatalogOverlay { Services = [plain, plain with { Slug = "scada", Capabilities = ["NET_RAW"] }] },
        };
        var issues = new List<FleetIssue>();
        var text = FleetIniWriter.Write(fleet, issues);
        Assert.Contains("[custom-plc]\nbinary = plc:1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[custom-scada]", text, StringComparison.Ordinal);
        Assert.Equal(["catalog", "custom"], issues.Select(issue => issue.Target));
        Assert.All(issues, issue => Assert.Equal(FleetIssueSeverity.Warning, issue.Severity));
    }

    [Theory]
    [InlineData("general")]
    [InlineData("custom-plc")]
    public void A_name_that_stands_for_something_else_is_an_error(string name)
    {
        var issue = Only(With(decky => decky with { Name = DeckyName.Parse(name) }));
        Assert.Equal((FleetIssueSeverity.Error, FleetIniIssueCode.SpecialName, name), (issue.Severity, issue.Code, issue.Target));
    }

    [Fact]
    public void A_fleet_without_deckies_has_a_text_that_cannot_be_read() =>
        Assert.Equal((FleetIssueSeverity.Error, FleetIniIssueCode.NoDeckies), (Only(One with { Deckies = [] }).Severity, Only(One with { Deckies = [] }).Code));

    [Fact]
    public void A_fleet_that_is_too_large_for_a_text_is_an_error()
    {
        var fleet = Build(Ssh with { Count = 5_000, Subnet = IPNetwork.Parse("10.0.0.0/8") });
        Assert.Equal(FleetIniIssueCode.TooLarge, Only(fleet).Code);
    }
}
