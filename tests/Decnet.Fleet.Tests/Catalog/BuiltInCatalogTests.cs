namespace Decnet.Fleet.Tests.Catalog;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;

public sealed class BuiltInCatalogTests
{
    static readonly FleetCatalog Catalog = FleetCatalog.BuiltIn;

    [Fact]
    public void It_has_what_the_specification_lists()
    {
        Assert.Equal(29, Catalog.Services.Count);
        Assert.Equal(28, Catalog.ServicePool.Count);
        Assert.Equal(15, Catalog.Archetypes.Count);
        Assert.Equal(["debian", "ubuntu22", "ubuntu20", "rocky9", "centos7", "alpine", "fedora", "kali", "arch"], Catalog.Distros.Select(distro => distro.Slug));
        Assert.Equal(["linux", "windows", "windows_server", "bsd", "embedded", "cisco"], Catalog.OsFamilies.Select(family => family.Slug));
        Assert.Equal(["sniffer"], Catalog.Services.Where(service => service.FleetSingleton).Select(service => service.Slug));
        Assert.Equal(Catalog.ServicePool.Order(StringComparer.Ordinal), Catalog.ServicePool);
    }

    [Theory]
    [InlineData("net.ipv4.ip_default_ttl", "64 128 128 64 255 255")]
    [InlineData("net.ipv4.tcp_syn_retries", "6 2 2 6 3 2")]
    [InlineData("net.ipv4.tcp_timestamps", "1 1 1 1 0 0")]
    [InlineData("net.ipv4.tcp_window_scaling", "1 1 1 1 0 0")]
    [InlineData("net.ipv4.tcp_sack", "1 1 1 1 0 0")]
    [InlineData("net.ipv4.tcp_ecn", "2 0 1 0 0 0")]
    [InlineData("net.ipv4.ip_no_pmtu_disc", "0 0 0 0 1 1")]
    [InlineData("net.ipv4.tcp_fin_timeout", "60 30 30 60 15 15")]
    [InlineData("net.ipv4.icmp_ratelimit", "1000 0 0 250 0 0")]
    [InlineData("net.ipv4.icmp_ratemask", "6168 0 0 6168 0 0")]
    public void Every_family_sets_every_kernel_setting(string key, string values) =>
        Assert.Equal(values, string.Join(' ', Catalog.OsFamilies.Select(family => family.Sysctls[key])));

    [Fact]
    [Trait("Weakness", "W-03")]
    public void No_archetype_clashes_under_the_ports_really_opened() =>
        Assert.All(Catalog.Archetypes, archetype => Assert.Empty(Catalog.FindPortConflicts(archetype.Services)));

    [Fact]
    public void The_built_in_entries_pass_the_rules_for_additions()
    {
        var issues = new List<FleetIssue>();
        foreach (var service in Catalog.Services)
        {
            new ServiceRules(service, issues).Check();
        }

        var everything = new CatalogOverlay { Archetypes = Catalog.Archetypes, Distros = Catalog.Distros };
        OverlayValidator.CheckReferences(Catalog, everything, issues);
        Assert.All(Catalog.Distros, distro => Assert.True(CatalogSyntax.IsImage(distro.Image) && distro.Image.Contains("@sha256:", StringComparison.Ordinal)));
        Assert.Empty(issues);
    }

    [Fact]
    [Trait("Weakness", "W-04")]
    public void Service_images_are_built_on_what_has_apt() =>
        Assert.All(Catalog.Distros, distro => Assert.Contains(
            distro.BuildBase.Split('@')[0], (string[])["debian:bookworm-slim", "ubuntu:22.04", "ubuntu:20.04", "kalilinux/kali-rolling"]));

    [Theory]
    [InlineData("http", "80/tcp")]
    [InlineData("docker_api", "2375/tcp")]
    [InlineData("k8s", "6443/tcp")]
    [InlineData("imap", "143/tcp")]
    [InlineData("pop3", "110/tcp")]
    [InlineData("ldap", "389/tcp")]
    [InlineData("smb", "445/tcp")]
    [InlineData("smtp", "25/tcp")]
    [InlineData("conpot", "502/tcp")]
    [InlineData("snmp", "161/udp")]
    [InlineData("tftp", "69/udp")]
    [InlineData("dns", "53/tcp 53/udp")]
    [InlineData("sip", "5060/tcp 5060/udp")]
    [InlineData("llmnr", "5355/udp 5353/udp")]
    [Trait("Weakness", "W-30")]
    public void Ports_are_those_really_opened_with_their_protocol(string service, string ports) =>
        Assert.Equal(ports, string.Join(' ', Catalog.FindService(service)!.Ports));

    [Fact]
    [Trait("Weakness", "W-32")]
    public void Settings_offer_what_the_images_know()
    {
        foreach (var slug in (string[])["http", "https"])
        {
            var fields = Catalog.FindService(slug)!.ConfigFields;
            Assert.Equal(403, fields.Single(field => field.Key == "response_code").Default!.Integer);
            Assert.Equal(
                ["none", "apache_default", "nginx_default", "wordpress", "phpmyadmin", "iis_default"],
                fields.Single(field => field.Key == "fake_app").Choices);
        }

        Assert.Equal(ConfigFieldType.String, Catalog.FindService("smtp")!.ConfigFields.Single(field => field.Key == "mta").Type);
    }

    [Fact]
    public void Passwords_and_keys_are_secret_and_upstream_settings_never_reach_a_container()
    {
        var relay = Catalog.FindService("smtp_relay")!;
        Assert.True(relay.ConfigFields.Single(field => field.Key == "upstream_pass") is { Secret: true, Type: ConfigFieldType.Password });
        Assert.DoesNotContain(relay.Bindings, binding => binding.Field.StartsWith("upstream", StringComparison.Ordinal) || binding.Field == "probe_limit");
        var fields = Catalog.Services.SelectMany(service => service.ConfigFields);
        Assert.All(fields.Where(field => field.Key.Contains("pass", StringComparison.Ordinal) || field.Key is "tls_key"), field => Assert.True(field.Secret));
    }

    [Fact]
    [Trait("Weakness", "W-34")]
    public void Vendor_prefixes_are_registered_ones_and_not_those_of_an_engine()
    {
        foreach (var family in Catalog.OsFamilies)
        {
            Assert.NotEmpty(family.MacVendors);
            foreach (var vendor in family.MacVendors)
            {
                var address = MacAddress.Parse(vendor + ":00:00:01");
                Assert.Equal(0u, (address.Vendor >> 16) & 0b11);
                Assert.Equal(vendor, address.ToString()[..8]);
            }

            Assert.Distinct(family.MacVendors);
        }
    }

    [Fact]
    [Trait("Weakness", "W-05")]
    public void Windows_hosts_have_names_of_their_own()
    {
        Assert.Contains("DESKTOP-{serial}", Catalog.FindOsFamily("windows")!.HostnamePatterns);
        Assert.Contains("WIN-{serial}", Catalog.FindOsFamily("windows_server")!.HostnamePatterns);
        Assert.Empty(Catalog.FindOsFamily("linux")!.HostnamePatterns);
        Assert.Equal(25, HostnameWords.Embedded.Words.Count);
        Assert.Equal((10, 99), (HostnameWords.Embedded.NumberMin, HostnameWords.Embedded.NumberMax));
    }
}
