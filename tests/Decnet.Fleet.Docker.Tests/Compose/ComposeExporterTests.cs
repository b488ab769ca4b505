namespace Decnet.Fleet.Docker.Tests.Compose;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Compose;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Model;
using Decnet.Testing;
using YamlDotNet.RepresentationModel;

public sealed class ComposeExporterTests
{
    const string Nasty = "$HOME ${X:-y} $$ `id` 'q' \"d\" \\ % # : - {a: b}\ttab é 日本";

    static readonly Fleet Fleet = Sample.Fleet(
        Sample.Decky("web-01", "198.18.0.10", "ssh", "http") with
        {
            MacAddress = MacAddress.Parse("00:50:56:00:00:01"),
            ServiceConfig = new([new("http", new([new("server_header", SettingValue.Of(Nasty))]))]),
        },
        Sample.Decky("on", "198.18.0.11", "docker_api"),
        Sample.Decky("1e3", "198.18.0.12", "redis"),
        Sample.Decky("elsewhere", "198.18.0.13", "redis") with { HostId = HostId.Parse("other") });

    [Fact]
    public void Each_container_of_this_host_is_a_service_and_no_other_is()
    {
        var services = Services(Read(Fleet));

        Assert.Equal(["web-01", "web-01-ssh", "web-01-http", "on", "on-docker_api", "1e3", "1e3-redis"], services.Keys);
        Assert.Equal("on-docker-api", Text(services["on-docker_api"], "container_name"));
        Assert.Equal("service:web-01", Text(services["web-01-ssh"], "network_mode"));
        Assert.Equal(["web-01"], Texts(services["web-01-ssh"], "depends_on"));
        Assert.Equal("198.18.0.10", Text((YamlMappingNode)services["web-01"]["networks"]["decnet_lan"], "ipv4_address"));
        Assert.Equal("00:50:56:00:00:01", Text(services["web-01"], "mac_address"));
    }

    [Fact]
    [Trait("Weakness", "W-36")]
    public void What_a_container_is_told_survives_the_replacement_of_variables()
    {
        var services = Services(Read(Fleet));
        var composer = new DeckyComposer(FleetCatalog.BuiltIn);

        foreach (var blueprint in Fleet.Deckies.Take(3).Select(decky => composer.Compose(Fleet, decky)))
        {
            foreach (var container in blueprint.Services.Prepend(blueprint.Base))
            {
                var written = services[container.Labels[DecnetLabels.ComposeService]];
                Assert.Equal(container.Command, Texts(written, "command").Select(text => Interpolated(text!)));
                if (container.Environment.Count > 0)
                {
                    var environment = (YamlMappingNode)written["environment"];
                    Assert.All(container.Environment, entry => Assert.Equal(entry.Value, Interpolated(Text(environment, entry.Key)!)));
                }
            }
        }
    }

    [Fact]
    public void The_file_has_neither_version_nor_name_and_leaves_the_labels_of_compose_to_compose()
    {
        var root = Read(Fleet);

        Assert.Equal(["services", "networks"], root.Children.Keys.Select(key => ((YamlScalarNode)key).Value));
        foreach (var service in Services(root).Values)
        {
            var labels = (YamlMappingNode)service["labels"];
            Assert.All(labels.Children.Keys, key => Assert.StartsWith("decnet.fleet.", ((YamlScalarNode)key).Value, StringComparison.Ordinal));
            Assert.Equal("local", Text(labels, DecnetLabels.Host));
        }
    }

    [Fact]
    public void The_network_is_that_of_the_fleet()
    {
        var macvlan = Fleet with { Driver = NetworkDriver.Macvlan, Interface = "eth7" };

        var network = (YamlMappingNode)Read(macvlan)["networks"]["decnet_lan"];

        Assert.Equal("decnet_lan", Text(network, "name"));
        Assert.Equal("macvlan", Text(network, "driver"));
        Assert.Equal("eth7", Text((YamlMappingNode)network["driver_opts"], "parent"));
        var pool = (YamlMappingNode)network["ipam"]["config"][0];
        Assert.Equal(("198.18.0.0/16", "198.18.0.1"), (Text(pool, "subnet"), Text(pool, "gateway")));
    }

    [Fact]
    public void Images_and_limits_are_those_of_the_runtime()
    {
        var pinned = Fleet with { Deckies = [Fleet.Deckies[0] with { BaseImage = "debian:bookworm-slim@sha256:" + new string('a', 64) }] };
        var options = new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Tag, Limits = new ContainerLimits { Cpus = 0.5, MemoryBytes = null, PidsLimit = 40 } };

        var byTag = Services(Read(pinned, options))["web-01"];
        var byDigest = Services(Read(pinned))["web-01"];

        Assert.Equal("debian:bookworm-slim", Text(byTag, "image"));
        Assert.EndsWith(new string('a', 64), Text(byDigest, "image"), StringComparison.Ordinal);
        Assert.Equal(("40", "0.5", null), (Text(byTag, "pids_limit"), Text(byTag, "cpus"), Text(byTag, "mem_limit")));
        Assert.Equal(["ALL"], Texts(byTag, "cap_drop"));
    }

    [Fact]
    public void The_same_fleet_gives_the_same_text()
    {
        var request = new FleetRequest
        {
            Count = 5, Archetype = "linux-server", Subnet = IPNetwork.Parse("198.18.30.0/24"), Gateway = IPAddress.Parse("198.18.30.1"), Driver = NetworkDriver.Bridge,
            Seed = 3,
        };

        Assert.Equal(ComposeExporter.Export(new FleetBuilder().Build(request)), ComposeExporter.Export(new FleetBuilder().Build(request)));
    }

    /// <summary>What Compose makes of a text: a doubled dollar sign is one, and a single one begins a variable.</summary>
    static string Interpolated(string text)
    {
        var plain = text.Replace("$$", "\0", StringComparison.Ordinal);
        Assert.DoesNotContain('$', plain);
        return plain.Replace('\0', '$');
    }

    static YamlMappingNode Read(Fleet fleet, DockerRuntimeOptions? options = null)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(ComposeExporter.Export(fleet, options)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    static Dictionary<string, YamlMappingNode> Services(YamlMappingNode root) =>
        ((YamlMappingNode)root["services"]).Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => (YamlMappingNode)entry.Value);

    static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    static IEnumerable<string?> Texts(YamlMappingNode map, string key) => ((YamlSequenceNode)map[key]).Select(item => ((YamlScalarNode)item).Value);
}
