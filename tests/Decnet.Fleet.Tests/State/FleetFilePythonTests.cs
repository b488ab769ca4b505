namespace Decnet.Fleet.Tests.State;

using System.Text;
using System.Text.Json.Nodes;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFilePythonTests
{
    const string Sample = """
        {
          "config": {
            "mode": "unihost",
            "interface": "eth0",
            "subnet": "192.168.1.77/24",
            "gateway": "192.168.1.1",
            "deckies": [
              {
                "name": "decky-01",
                "ip": "192.168.1.20",
                "services": ["ssh", "docker_api"],
                "distro": "debian",
                "base_image": "debian:bookworm-slim",
                "build_base": "debian:bookworm-slim",
                "hostname": "SRV-PROD-01",
                "archetype": null,
                "service_config": {"ssh": {"password": "x", "port": 22, "loud": false}},
                "nmap_os": "linux",
                "mutate_interval": null,
                "last_mutated": 1767225600.1234567,
                "last_login_attempt": 0.0,
                "host_uuid": null
              }
            ],
            "log_file": null,
            "ipvlan": true,
            "host_ip": "192.168.1.5"
          },
          "compose_path": "decnet-compose.yml",
          "surplus": 1
        }
        """;

    [Fact]
    public void A_file_of_the_Python_system_is_generation_0()
    {
        var known = Read(_ => { });
        Assert.Equal((FleetFileOrigin.Python, 0), (known.Origin, known.Generation));
        Assert.Empty(known.Warnings);
        Assert.Equal(NetworkDriver.Ipvlan, known.Fleet.Driver);
        Assert.Equal("192.168.1.0/24", known.Fleet.Subnet.ToString());
        Assert.Equal(Fleet.PythonMutateInterval, known.Fleet.MutateInterval);
        var decky = Assert.Single(known.Fleet.Deckies);
        Assert.Equal(["ssh", "docker_api"], decky.Services);
        Assert.Equal(22, decky.ServiceConfig["ssh"]["port"].Integer);
        Assert.Null(decky.LastLoginAttempt);
        Assert.Equal(17672256001234567, (decky.LastMutated!.Value - DateTimeOffset.UnixEpoch).Ticks);
    }

    [Fact]
    public void Missing_keys_have_the_defaults_of_the_Python_system()
    {
        var known = Read(config =>
        {
            config.Remove("ipvlan");
            Decky(config).Remove("build_base");
            Decky(config).Remove("nmap_os");
            Decky(config).Remove("service_config");
        });
        Assert.Equal(NetworkDriver.Macvlan, known.Fleet.Driver);
        Assert.Contains("debian:bookworm-slim@sha256:", known.Fleet.Deckies[0].BuildBase, StringComparison.Ordinal);
        Assert.Equal("linux", known.Fleet.Deckies[0].NmapOs);
        Assert.Empty(known.Fleet.Deckies[0].ServiceConfig);
    }

    [Fact]
    public void What_the_Python_system_tolerates_is_put_right_with_warnings()
    {
        var known = Read(config =>
        {
            config["mutate_interval"] = 0;
            Decky(config)["mutate_interval"] = -3;
            Decky(config)["services"] = new JsonArray("ssh", "ftp", "ssh");
            Decky(config)["service_config"]!["ssh"]!["banner"] = null;
            Decky(config)["last_mutated"] = 1767225600;
        });
        var decky = known.Fleet.Deckies[0];
        Assert.Null(known.Fleet.MutateInterval);
        Assert.Null(decky.MutateInterval);
        Assert.Equal(["ftp", "ssh"], decky.Services.Order());
        Assert.False(decky.ServiceConfig["ssh"].ContainsKey("banner"));
        Assert.Equal(["duplicate-service", "no-interval", "no-interval", "null-setting"], known.Warnings.Select(warning => warning.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [Trait("Weakness", "L-6.2")]
    [InlineData("null", "45", 45)]
    [InlineData("0", "45", 45)]
    [InlineData("7", "45", 7)]
    [InlineData("7", "0", 7)]
    [InlineData("null", "null", null)]
    [InlineData("0", "0", null)]
    [InlineData("absent", "absent", 30)]
    public void A_decky_without_an_interval_gets_that_of_the_file(string own, string general, int? expected)
    {
        static void Set(JsonObject target, string value)
        {
            target.Remove("mutate_interval");
            if (value != "absent")
            {
                target["mutate_interval"] = JsonNode.Parse(value);
            }
        }

        var decky = Assert.Single(Read(config =>
        {
            Set(config, general);
            Set(Decky(config), own);
        }).Fleet.Deckies);
        Assert.Equal(expected, (int?)decky.MutateInterval?.TotalMinutes);
    }

    [Fact]
    [Trait("Weakness", "W-48")]
    public void All_names_that_do_not_fit_are_listed_with_different_proposals()
    {
        var reason = Refuse(config =>
        {
            var deckies = (JsonArray)config["deckies"]!;
            foreach (var (name, ip) in new[] { ("Web_1", "192.168.1.21"), ("web.1", "192.168.1.22"), ("*", "192.168.1.300") })
            {
                var decky = (JsonObject)deckies[0]!.DeepClone();
                decky["name"] = name;
                decky["ip"] = ip;
                deckies.Add(decky);
            }
        });
        Assert.Contains("'Web_1' is not a decky name", reason, StringComparison.Ordinal);
        Assert.Contains("'web-1' would fit", reason, StringComparison.Ordinal);
        Assert.Contains("'web-1-2' would fit", reason, StringComparison.Ordinal);
        Assert.Contains("'decky' would fit", reason, StringComparison.Ordinal);
        Assert.Contains("192.168.1.300", reason, StringComparison.Ordinal);
        Assert.Contains("4 errors", reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public void An_empty_list_of_services_names_the_decky() =>
        Assert.Contains("'decky-01' has an empty list of services", Refuse(config => Decky(config)["services"] = new JsonArray()), StringComparison.Ordinal);

    [Fact]
    [Trait("Weakness", "W-01")]
    public void An_empty_list_of_deckies_is_not_an_empty_fleet_on_purpose() =>
        Assert.Contains("$.config.deckies", Refuse(config => config["deckies"] = new JsonArray()), StringComparison.Ordinal);

    [Fact]
    public void Types_are_strict_and_keys_of_deckies_known()
    {
        Assert.Contains("ipvlan", Refuse(config => config["ipvlan"] = "yes"), StringComparison.Ordinal);
        Assert.Contains("subnet", Refuse(config => config["subnet"] = "lan"), StringComparison.Ordinal);
        Assert.Contains("mode", Refuse(config => config["mode"] = "cluster"), StringComparison.Ordinal);
        Assert.Contains("hostname", Refuse(config => Decky(config)["hostname"] = 7), StringComparison.Ordinal);
        Assert.Contains("colour", Refuse(config => Decky(config)["colour"] = "red"), StringComparison.Ordinal);
        Assert.Contains("deckies[1]", Refuse(config => ((JsonArray)config["deckies"]!).Add(null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_over_a_file_of_the_Python_system_keeps_it_as_the_previous_generation()
    {
        using var folder = new TemporaryFolder();
        var file = new FleetFile(folder.File("decnet-state.json"));
        await File.WriteAllTextAsync(file.Path, Sample);
        var saved = await file.UpdateAsync(state => ((DesiredState.Known)state).Fleet);
        Assert.Equal(1, Assert.IsType<DesiredState.Known>(saved).Generation);
        Assert.Equal(Sample, await File.ReadAllTextAsync(file.BackupPath));
        Assert.Equal(2, (await file.RestorePreviousAsync()).Generation);
    }

    static JsonObject Decky(JsonObject config) => (JsonObject)config["deckies"]![0]!;

    static DesiredState.Known Read(Action<JsonObject> edit) => Assert.IsType<DesiredState.Known>(Parse(edit));

    static string Refuse(Action<JsonObject> edit) => Assert.IsType<DesiredState.Corrupt>(Parse(edit)).Reason;

    static DesiredState Parse(Action<JsonObject> edit)
    {
        var document = JsonNode.Parse(Sample)!;
        edit((JsonObject)document["config"]!);
        return FleetFileReader.Read("decnet-state.json", Encoding.UTF8.GetBytes(document.ToJsonString()));
    }
}
