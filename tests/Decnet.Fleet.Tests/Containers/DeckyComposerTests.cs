namespace Decnet.Fleet.Tests.Containers;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Xunit;

public sealed class DeckyComposerTests
{
    static readonly Fleet Fleet = FleetJson.ReadFleet(
        """{"interface":"eth0","subnet":"192.168.1.0/24","gateway":"192.168.1.1","deckies":[]}""");

    static readonly Decky Web = FleetJson.ReadDecky(
        """
        {"name":"trap-01","ip":"192.168.1.10","services":["http","docker_api","sniffer"],"distro":"rocky9","base_image":"rocky:9",
         "build_base":"debian:12","hostname":"alpha42.localdomain","mac_address":"00:50:56:01:02:03"}
        """);

    static DeckyBlueprint Compose(Decky decky, Fleet? fleet = null, FleetCatalog? catalog = null) =>
        new DeckyComposer(catalog ?? FleetCatalog.BuiltIn).Compose(fleet ?? Fleet, decky);

    /// <summary>The catalog as it is when services have images of their own.</summary>
    static FleetCatalog WithImages(params string[] slugs) => FleetCatalog.BuiltIn.With(new CatalogOverlay
    {
        Services = [.. slugs.Select(slug => FleetCatalog.BuiltIn.FindService(slug)! with { Image = $"lab/{slug}:1", Override = true })],
    });

    static Decky With(Decky decky, string service, params (string Key, SettingValue Value)[] settings) => decky with
    {
        Services = [service],
        ServiceConfig = new([new(service, new(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))))]),
    };

    [Fact]
    public void A_base_owns_address_kernel_settings_and_name()
    {
        var spec = Compose(Web).Base;
        Assert.Equal(("trap-01", "rocky:9", "alpha42.localdomain", "decnet_lan"), (spec.Name, spec.Image, spec.Hostname, spec.NetworkName));
        Assert.Equal(["sh", "-c", $"echo nameserver {Fleet.Gateway} > /etc/resolv.conf; exec sleep infinity"], spec.Command);
        Assert.Equal("192.168.1.10", spec.IPAddress!.ToString());
        Assert.Equal("64", spec.Sysctls["net.ipv4.ip_default_ttl"]);
        Assert.Empty(spec.Environment);
        Assert.Empty(spec.Capabilities);
    }

    [Fact]
    [Trait("Weakness", "W-34")]
    public void A_base_has_the_mac_address_of_its_persona_unless_the_driver_shares_one()
    {
        Assert.Equal("00:50:56:01:02:03", Compose(Web).Base.MacAddress.ToString());
        Assert.Null(Compose(Web, Fleet with { Driver = NetworkDriver.Ipvlan }).Base.MacAddress);
    }

    [Fact]
    [Trait("Weakness", "W-35")]
    public void Singletons_have_no_container_and_names_have_hyphens()
    {
        var services = Compose(Web with { Services = ["http", "docker_api", "smtp_relay", "sniffer"] }).Services;
        Assert.Equal(["trap-01-http", "trap-01-docker-api", "trap-01-smtp-relay"], services.Select(service => service.Name));
        Assert.Equal(["trap-01-http", "trap-01-docker_api", "trap-01-smtp_relay"], services.Select(service => service.Labels[DecnetLabels.ComposeService]));
    }

    [Theory]
    [Trait("Weakness", "W-36")]
    [InlineData("pa$$word")]
    [InlineData("${HOME} $x")]
    [InlineData("50%off\"'`")]
    public void Nothing_in_a_setting_is_expanded_on_its_way_to_the_environment(string password)
    {
        var settings = new ValueMap<ValueMap<SettingValue>>([new("ssh", new([new("password", SettingValue.Of(password))]))]);
        var spec = Assert.Single(Compose(Web with { Services = ["ssh"], ServiceConfig = settings }).Services);
        Assert.Equal(password, spec.Environment["SSH_ROOT_PASSWORD"]);
    }

    [Fact]
    [Trait("Weakness", "W-46")]
    public void No_container_has_a_capability_over_the_host_or_the_network()
    {
        string[] harmless = ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID", "SYS_CHROOT"];
        var kept = FleetCatalog.BuiltIn.ServicePool.SelectMany(slug => Compose(Web with { Services = [slug] }).Services).SelectMany(spec => spec.Capabilities);
        Assert.Empty(kept.Except(harmless));
        Assert.Empty(Compose(Web).Base.Capabilities);
    }

    [Fact]
    [Trait("Weakness", "W-33")]
    public void Nothing_that_an_intruder_reads_names_the_product_or_the_decky()
    {
        foreach (var slug in FleetCatalog.BuiltIn.Services.Select(service => service.Slug))
        {
            var blueprint = Compose(Web with { Services = [slug] });
            foreach (var spec in blueprint.Services.Append(blueprint.Base))
            {
                var seen = spec.Environment.SelectMany(pair => (string[])[pair.Key, pair.Value])
                    .Concat(spec.Command).Concat(spec.Volumes.Select(volume => volume.Path)).Append(spec.Hostname ?? "");
                Assert.All(seen, text => Assert.DoesNotContain("decnet", text, StringComparison.OrdinalIgnoreCase));
                Assert.All(seen, text => Assert.DoesNotContain("decky", text, StringComparison.OrdinalIgnoreCase));
                Assert.All(seen, text => Assert.DoesNotContain("trap-01", text, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotContain("NODE_NAME", spec.Environment.Keys);
            }
        }
    }

    [Fact]
    public void The_environment_comes_from_catalog_settings_and_host_name()
    {
        var ssh = Compose(Web with { Services = ["ssh"] }).Services[0];
        Assert.Equal(
            "SSH_ROOT_PASSWORD=admin SSH_USER=ubuntu SSH_USER_PASSWORD=admin HOSTNAME=alpha42.localdomain",
            string.Join(' ', ssh.Environment.Select(pair => $"{pair.Key}={pair.Value}")));
        var http = Compose(With(Web, "http", ("http_versions", SettingValue.Of((ValueList<string>)["http/1.1", "http/2"])), ("response_code", SettingValue.Of(404)))).Services[0];
        Assert.Equal("""["http/1.1","http/2"]""", http.Environment["HTTP_VERSIONS"]);
        Assert.Equal("404", http.Environment["RESPONSE_CODE"]);
        Assert.Null(http.Hostname);
    }

    [Fact]
    public void A_service_with_an_image_of_its_own_gets_what_the_catalog_gives_it()
    {
        var ssh = Compose(Web with { Services = ["ssh"] }, catalog: WithImages("ssh")).Services[0];
        Assert.Equal("lab/ssh:1", ssh.Image);
        Assert.Empty(ssh.Command);
        Assert.Equal(FleetCatalog.BuiltIn.FindService("ssh")!.Capabilities, ssh.Capabilities);
        Assert.Equal(new ServiceVolume { Folder = "trap-01/ssh", Path = "/var/lib/systemd/coredump" }, Assert.Single(ssh.Volumes));
    }

    [Fact]
    public void A_service_without_an_image_runs_from_the_decoy_image_with_one_capability()
    {
        foreach (var slug in FleetCatalog.BuiltIn.ServicePool)
        {
            var spec = Assert.Single(Compose(Web with { Services = [slug] }).Services);
            Assert.Equal(DeckyComposer.DefaultDecoyImage, spec.Image);
            Assert.Equal(["NET_BIND_SERVICE"], spec.Capabilities);
            Assert.Empty(spec.Volumes);
            Assert.Equal(["sh", "-c"], spec.Command.Take(2));
        }
    }

    [Fact]
    public void The_decoy_image_is_an_option_and_can_be_replaced_by_the_catalog()
    {
        Assert.Equal("lab/box:1", new DeckyComposer(FleetCatalog.BuiltIn, "lab/box:1").Compose(Fleet, Web).Services[0].Image);
        var mirrored = FleetCatalog.BuiltIn.With(new CatalogOverlay { Images = new([new("busybox:1.36", "mirror.lab/busybox:1.36")]) });
        Assert.Equal("mirror.lab/busybox:1.36", new DeckyComposer(mirrored).Compose(Fleet, Web).Services[0].Image);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Not An Image")]
    [InlineData("busybox:1.36@sha256:12")]
    public void A_decoy_image_that_is_none_is_refused(string image) =>
        Assert.Contains("image reference", Assert.Throws<ArgumentException>(() => new DeckyComposer(FleetCatalog.BuiltIn, image)).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_of_one_service_do_not_reach_another()
    {
        var decky = With(Web, "ssh", ("password", SettingValue.Of("s3cret"))) with { Services = ["ssh", "telnet", "http"] };
        var services = Compose(decky).Services;
        Assert.Equal("s3cret", services[0].Environment["SSH_ROOT_PASSWORD"]);
        Assert.All(services.Skip(1), service => Assert.DoesNotContain("s3cret", service.Environment.Values));
    }

    [Theory]
    [InlineData("upstream_host")]
    [InlineData("upstream_user")]
    [InlineData("upstream_pass")]
    [InlineData("upstream_sender")]
    public void Upstream_settings_of_a_relay_stay_outside(string key)
    {
        var relay = Compose(With(Web, "smtp_relay", (key, SettingValue.Of("mail.corp.example")))).Services[0];
        Assert.DoesNotContain("mail.corp.example", relay.Environment.Values);
    }

    [Fact]
    [Trait("Weakness", "W-27")]
    public void Text_settings_of_an_imported_fleet_get_their_type()
    {
        Assert.DoesNotContain("RDP_ENABLE_NLA", Compose(With(Web, "rdp", ("nla", SettingValue.Of("false")))).Services[0].Environment.Keys);
        Assert.Equal("true", Compose(With(Web, "rdp", ("nla", SettingValue.Of("yes")))).Services[0].Environment["RDP_ENABLE_NLA"]);
        Assert.Equal("false", Compose(With(Web, "dns", ("real_recursive", SettingValue.Of("off")))).Services[0].Environment["DNS_REAL_RECURSIVE"]);
        var own = Assert.Single(Compose(With(Web, "https", ("http_versions", SettingValue.Of("http/1.1,http/3"))), catalog: WithImages("https")).Services);
        Assert.Equal(["443/tcp", "443/udp"], own.Ports.Select(port => port.ToString()));
        Assert.Equal("<p>", Compose(With(Web, "http", ("custom_body", SettingValue.Of("b64:PHA+")))).Services[0].Environment["CUSTOM_BODY"]);
        var https = Compose(With(Web, "https", ("http_versions", SettingValue.Of("http/1.1,http/3")))).Services[0];
        Assert.Equal(["443/tcp"], https.Ports.Select(port => port.ToString()));
    }

    [Fact]
    public void Images_are_replaced_by_the_catalog()
    {
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay
        {
            Services = [new() { Slug = "tomcat", DisplayName = "Tomcat", Image = "tomcat:9" }],
            Images = new([new("rocky:9", "mirror/rocky:9"), new("tomcat:9", "mirror/tomcat:9")]),
        });
        var blueprint = new DeckyComposer(catalog).Compose(Fleet, Web with { Services = ["tomcat"] });
        Assert.Equal(("mirror/rocky:9", "mirror/tomcat:9"), (blueprint.Base.Image, blueprint.Services[0].Image));
    }

    [Fact]
    [Trait("Weakness", "W-06")]
    public void What_the_catalog_does_not_have_is_named_with_its_decky()
    {
        var service = Assert.Throws<DecnetException>(() => Compose(Web with { Services = ["htpp"] }));
        Assert.Contains("'trap-01'", service.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'http'?", service.Message, StringComparison.Ordinal);
        var family = Assert.Throws<DecnetException>(() => Compose(Web with { NmapOs = "widows" }));
        Assert.Contains("did you mean 'windows'?", family.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_follows_the_fleet()
    {
        var network = DeckyComposer.Network(Fleet);
        Assert.Equal(("decnet_lan", NetworkDriver.Macvlan, "eth0"), (network.Name, network.Driver, network.ParentInterface));
        Assert.Equal("decnet", network.Labels[DecnetLabels.ComposeProject]);
        Assert.Null(DeckyComposer.Network(Fleet with { Driver = NetworkDriver.Bridge }).ParentInterface);
    }
}
