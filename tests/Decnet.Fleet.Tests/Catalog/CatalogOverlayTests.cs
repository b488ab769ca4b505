namespace Decnet.Fleet.Tests.Catalog;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;

public sealed class CatalogOverlayTests
{
    static readonly ServiceDefinition Tomcat = new()
    {
        Slug = "tomcat", DisplayName = "Tomcat", Image = "registry.lab:5000/decoys/tomcat:9", Ports = [new(PortProtocol.Tcp, 8080)],
    };

    static ValueList<FleetIssue> Refuse(CatalogOverlay overlay) =>
        Assert.Throws<FleetValidationException>(() => FleetCatalog.BuiltIn.With(overlay)).Errors;

    static void RefuseService(ServiceDefinition service, string place)
    {
        var issue = Assert.Single(Refuse(new CatalogOverlay { Services = [service] }));
        Assert.Equal($"services/{service.Slug}{place}", issue.Target);
        Assert.NotNull(issue.Fix);
    }

    [Fact]
    [Trait("Weakness", "W-29")]
    public void Additions_hold_for_the_new_catalog_alone()
    {
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [Tomcat] });
        Assert.Same(Tomcat, catalog.FindService("tomcat"));
        Assert.Contains("tomcat", catalog.ServicePool);
        Assert.Null(FleetCatalog.BuiltIn.FindService("tomcat"));
        Assert.Equal(29, FleetCatalog.BuiltIn.Services.Count);
    }

    [Fact]
    [Trait("Weakness", "W-29")]
    public void A_built_in_service_is_only_replaced_on_purpose()
    {
        var ssh = Tomcat with { Slug = "ssh" };
        Assert.Equal("shadowed-slug", Assert.Single(Refuse(new CatalogOverlay { Services = [ssh] })).Code);
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [ssh with { Override = true }] });
        Assert.Equal("Tomcat", catalog.FindService("ssh")!.DisplayName);
        Assert.Equal(29, catalog.Services.Count);
        Assert.Equal(FleetCatalog.BuiltIn.Services.Select(service => service.Slug), catalog.Services.Select(service => service.Slug));
    }

    [Fact]
    public void An_override_of_nothing_is_refused() =>
        Assert.Equal("nothing-to-override", Assert.Single(Refuse(new CatalogOverlay { Services = [Tomcat with { Override = true }] })).Code);

    [Fact]
    [Trait("Weakness", "W-23")]
    public void Every_fault_of_a_custom_service_is_listed_at_once()
    {
        var service = Tomcat with
        {
            Slug = "Bad Slug", Image = " ", Ports = [new(PortProtocol.Tcp, 70000)], Capabilities = ["CAP_NET_RAW"],
            Volumes = [new() { Folder = "../etc", Path = "/../x" }],
        };
        var errors = Refuse(new CatalogOverlay { Services = [service, service] });
        Assert.Equal(13, errors.Count);
        Assert.Contains(errors, error => error.Code == "bad-slug");
        Assert.Contains(errors, error => error.Code == "duplicate-slug");
        Assert.Contains(errors, error => error.Code == "bad-image");
        Assert.Contains(errors, error => error.Fix == "write NET_RAW");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("case/UPPER")]
    [InlineData("name:")]
    [InlineData("name@sha256:12")]
    [InlineData("name\n")]
    [InlineData("http://registry/name")]
    [Trait("Weakness", "W-23")]
    public void What_is_no_image_reference_is_refused(string image) => RefuseService(Tomcat with { Image = image }, "/image");

    [Theory]
    [InlineData("alpine")]
    [InlineData("nginx:1.27-alpine")]
    [InlineData("ghcr.io/owner/some_name/part.x:v1")]
    [InlineData("localhost:5000/a__b@sha256:f9c6a2fd2ddbc23e336b6257a5245e31f996953ef06cd13a59fa0a1df2d5c252")]
    public void Image_references_are_accepted(string image) =>
        Assert.Equal(image, FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [Tomcat with { Image = image }] }).FindService("tomcat")!.Image);

    [Theory]
    [InlineData("..", "/data")]
    [InlineData("a/b", "/data")]
    [InlineData("/etc", "/data")]
    [InlineData("mail", "data")]
    [InlineData("mail", "/")]
    [InlineData("mail", "/a/../b")]
    [InlineData("mail", "/a:rw")]
    [Trait("Weakness", "W-31")]
    public void Volumes_stay_below_the_root_of_artifacts(string folder, string path) =>
        RefuseService(Tomcat with { Volumes = [new() { Folder = folder, Path = path }] }, "/volumes");

    [Fact]
    public void Parts_of_a_service_must_fit_together()
    {
        RefuseService(Tomcat with { Bindings = [new() { Field = "none", Variable = "X" }] }, "/bindings");
        RefuseService(Tomcat with { ConditionalPorts = [new() { Field = "none", Contains = "x", Port = new(PortProtocol.Tcp, 1) }] }, "/conditional_ports");
        RefuseService(Tomcat with { ConfigFields = [new() { Key = "n", Type = ConfigFieldType.Int, Default = SettingValue.Of("x") }] }, "/config_fields/n");
        RefuseService(Tomcat with { Capabilities = ["ALL"] }, "/capabilities");
        RefuseService(Tomcat with { Command = ["", "x"] }, "/command");
        RefuseService(Tomcat with { Ports = [new(PortProtocol.Tcp, 1), new(PortProtocol.Tcp, 1)] }, "/ports");
    }

    [Theory]
    [InlineData("DECNET_MODE")]
    [InlineData("HOSTNAME")]
    [InlineData("1X")]
    [Trait("Weakness", "W-33")]
    public void Variables_that_give_the_decoy_away_are_refused(string variable) =>
        RefuseService(Tomcat with { Environment = new([new(variable, "x")]) }, "/environment");

    [Fact]
    public void An_archetype_refers_to_what_is_there()
    {
        var archetype = new ArchetypeDefinition
        {
            Slug = "lab", DisplayName = "Lab", Services = ["htp", "sniffer", "smtp", "smtp_relay"], PreferredDistros = ["debain"], NmapOs = "linus",
        };
        Assert.Equal(
            ["unknown-distro", "unknown-os-family", "unknown-service", "singleton-service", "port-conflict"],
            Refuse(new CatalogOverlay { Archetypes = [archetype] }).Select(error => error.Code));
        var fits = archetype with { Services = ["tomcat"], PreferredDistros = ["debian"], NmapOs = "linux" };
        Assert.NotNull(FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [Tomcat], Archetypes = [fits] }).FindArchetype("lab"));
    }

    [Fact]
    [Trait("Weakness", "W-03")]
    public void An_override_that_breaks_a_built_in_archetype_is_refused()
    {
        var http = FleetCatalog.BuiltIn.FindService("http")! with { Override = true, Ports = [new(PortProtocol.Tcp, 22)] };
        var error = Assert.Single(Refuse(new CatalogOverlay { Services = [http] }));
        Assert.Equal(("port-conflict", "archetypes/linux-server"), (error.Code, error.Target));
    }

    [Fact]
    public void Images_are_replaced_by_reference()
    {
        var debian = FleetCatalog.BuiltIn.FindDistro("debian")!.Image;
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay { Images = new([new(debian, "mirror.lab/debian:12")]) });
        Assert.Equal("mirror.lab/debian:12", catalog.ResolveImage(debian));
        Assert.Equal("other", catalog.ResolveImage("other"));
    }

    [Fact]
    public void An_image_without_digest_stands_for_all_digests_of_its_tag()
    {
        var catalog = FleetCatalog.BuiltIn.With(new() { Images = new([new("debian:bookworm-slim", "mirror.lab/debian"), new("debian:12@sha256:" + new string('0', 64), "mirror.lab/zero")]) });
        Assert.Equal("mirror.lab/debian", catalog.ResolveImage(catalog.FindDistro("debian")!.Image));
        Assert.Equal("mirror.lab/debian", catalog.ResolveImage("debian:bookworm-slim"));
        Assert.Equal("debian:12", catalog.ResolveImage("debian:12"));
        Assert.Equal("ubuntu:22.04", catalog.ResolveImage("ubuntu:22.04"));
    }

    [Fact]
    public void Nothing_to_add_makes_no_other_catalog() =>
        Assert.Same(FleetCatalog.BuiltIn, FleetCatalog.BuiltIn.With(new CatalogOverlay()));

    [Fact]
    [Trait("Weakness", "W-16")]
    public void The_catalog_of_a_fleet_has_its_custom_services()
    {
        var fleet = FleetJson.ReadFleet("""{"subnet":"10.0.0.0/24","gateway":"10.0.0.1","deckies":[]}""");
        Assert.Same(FleetCatalog.BuiltIn, FleetCatalog.For(fleet));
        var custom = fleet with { Catalog = new CatalogOverlay { Services = [Tomcat] } };
        Assert.NotNull(FleetCatalog.For(custom).FindService("tomcat"));
        Assert.Same(FleetCatalog.For(custom), FleetCatalog.For(custom));
    }

    [Fact]
    [Trait("Weakness", "W-03")]
    public void Port_conflicts_name_port_protocol_and_services()
    {
        var catalog = FleetCatalog.BuiltIn;
        Assert.Equal("25/tcp is opened by smtp and smtp_relay", Assert.Single(catalog.FindPortConflicts(["ssh", "smtp", "smtp_relay", "nonsense"])).ToString());
        Assert.Empty(catalog.FindPortConflicts(["http", "https", "conpot", "snmp", "dns", "http"]));
    }

    [Fact]
    [Trait("Weakness", "W-30")]
    public void Ports_that_settings_open_count_as_well()
    {
        var quic = Tomcat with { Slug = "quic", Ports = [new(PortProtocol.Udp, 443)] };
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [quic] });
        ValueMap<ValueMap<SettingValue>> settings = new([new("https", new([new("http_versions", SettingValue.Of((ValueList<string>)["http/1.1", "http/3"]))]))]);
        Assert.Empty(catalog.FindPortConflicts(["https", "quic"]));
        Assert.Equal(new ServicePort(PortProtocol.Udp, 443), Assert.Single(catalog.FindPortConflicts(["https", "quic"], settings)).Port);
    }
}
