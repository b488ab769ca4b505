namespace Decnet.Fleet.Tests.Model;

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Xunit;

public sealed class FleetJsonTests
{
    [Fact]
    public void A_decky_comes_back_as_it_was()
    {
        foreach (var decky in new[] { FleetSamples.Decky("web-01"), FleetSamples.SmallestDecky("web-02") })
        {
            var json = FleetJson.Write(decky);

            Assert.Equal(decky, FleetJson.ReadDecky(json));
            Assert.Equal(json, FleetJson.Write(FleetJson.ReadDecky(json)));
            Assert.DoesNotContain('\n', json);
        }
    }

    [Fact]
    public void A_fleet_comes_back_as_it_was()
    {
        var fleet = FleetSamples.Fleet();

        Assert.Equal(fleet, FleetJson.ReadFleet(FleetJson.Write(fleet)));
        Assert.Empty(FleetJson.ReadFleet(FleetJson.Write(fleet with { Deckies = [], Catalog = null })).Deckies);
    }

    [Fact]
    public void A_decky_has_the_names_of_the_fleet_file()
    {
        var json = JsonNode.Parse(FleetJson.Write(FleetSamples.Decky("web-01")))!.AsObject();

        Assert.Equal(
            [
                "name", "ip", "services", "distro", "base_image", "build_base", "hostname", "archetype", "service_config",
                "nmap_os", "mac_address", "mutate_interval", "last_mutated", "last_login_attempt", "host_uuid",
            ],
            json.Select(entry => entry.Key));
        Assert.Equal("192.168.1.20", (string?)json["ip"]);
        Assert.Equal(45, (int)json["mutate_interval"]!);
        Assert.Equal(1_767_225_600.1234567m, (decimal)json["last_mutated"]!);
        Assert.Equal("00:0c:29:4f:8a:11", (string?)json["mac_address"]);
        Assert.False((bool)json["service_config"]!["ssh"]!["banner"]!);
        Assert.Equal(22, (int)json["service_config"]!["ssh"]!["port"]!);
    }

    [Fact]
    public void Never_is_zero_in_files_and_nothing_in_the_model()
    {
        var json = JsonNode.Parse(FleetJson.Write(FleetSamples.SmallestDecky("web-01")))!.AsObject();

        Assert.Equal(0, (int)json["last_mutated"]!);
        Assert.Null(FleetJson.ReadDecky(json.ToJsonString()).LastMutated);
        json.Remove("last_mutated");
        Assert.Null(FleetJson.ReadDecky(json.ToJsonString()).LastMutated);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var decky = FleetJson.ReadDecky(
            """
            {"name":"a","ip":"10.0.0.2","services":["ssh"],"distro":"debian","base_image":"debian","build_base":"debian","hostname":"a"}
            """);
        var fleet = FleetJson.ReadFleet("""{"subnet":"10.0.0.9/24","gateway":"10.0.0.1","deckies":[],"catalog":{}}""");

        Assert.Equal("linux", decky.NmapOs);
        Assert.Empty(decky.ServiceConfig);
        Assert.Null(decky.MacAddress);
        Assert.Null(decky.HostId);
        Assert.Equal((FleetMode.Unihost, NetworkDriver.Macvlan, "10.0.0.0/24"), (fleet.Mode, fleet.Driver, fleet.Subnet.ToString()));
        Assert.Null(fleet.MutateInterval);
        Assert.Equal(new CatalogOverlay(), fleet.Catalog);
    }

    [Theory]
    [InlineData("name", "\"Web_01\"", "web-01")]
    [InlineData("name", "7", "Number")]
    [InlineData("ip", "\"192.168.1.020\"", "192.168.1.020")]
    [InlineData("ip", "null", "ip")]
    [InlineData("services", "[\"ssh\",null]", "null")]
    [InlineData("services", "\"ssh\"", "list")]
    [InlineData("mac_address", "\"01:00:5e:00:00:01\"", "01:00:5e:00:00:01")]
    [InlineData("mutate_interval", "0", "at least 1")]
    [InlineData("mutate_interval", "1.5", "whole number")]
    [InlineData("last_mutated", "-1", "1970")]
    [InlineData("last_mutated", "\"yesterday\"", "1970")]
    [InlineData("host_uuid", "\"a b\"", "a b")]
    [InlineData("service_config", "{\"ssh\":null}", "ssh")]
    [InlineData("unknown", "1", "unknown")]
    public void What_does_not_fit_is_a_json_error_that_names_it(string key, string value, string named)
    {
        var json = JsonNode.Parse(FleetJson.Write(FleetSamples.Decky("web-01")))!.AsObject();
        json[key] = JsonNode.Parse(value);

        var error = Assert.Throws<JsonException>(() => FleetJson.ReadDecky(json.ToJsonString()));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"deckies":[],"deckies":[]}""")]
    public void What_is_no_fleet_is_a_json_error(string json) => Assert.Throws<JsonException>(() => FleetJson.ReadFleet(json));

    [Fact]
    public void Every_enumeration_of_files_is_written_in_lower_case_words_and_comes_back()
    {
        var types = typeof(Decky).Assembly.GetTypes()
            .Where(type => type.IsEnum && type.Namespace == "Decnet.Fleet.Model" && type.IsDefined(typeof(JsonConverterAttribute), false))
            .ToArray();

        Assert.True(types.Length >= 10);
        foreach (var value in types.SelectMany(type => Enum.GetValues(type).Cast<object>()))
        {
            var json = JsonSerializer.Serialize(value);
            Assert.Matches("^\"[a-z0-9]+(_[a-z0-9]+)*\"$", json);
            Assert.Equal(value, JsonSerializer.Deserialize(json, value.GetType()));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json.ToUpperInvariant(), value.GetType()));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("1", value.GetType()));
        }
    }

    [Fact]
    public void The_words_of_rows_and_events_stay_as_they_are()
    {
        Assert.Equal(["pending", "running", "degraded", "failed", "torn_down", "tearing_down", "teardown_failed"], Token<DeckyState>.All);
        Assert.Equal(["pending", "running", "succeeded", "failed"], Token<OperationStatus>.All);
        Assert.Equal(["deploy", "mutate", "teardown"], Token<OperationKind>.All);
        Assert.Equal(["unihost", "swarm"], Token<FleetMode>.All);
        Assert.Equal(["macvlan", "ipvlan", "bridge"], Token<NetworkDriver>.All);
        Assert.Equal(["enrolled", "active", "silent", "lost"], Token<FleetHostStatus>.All);
    }
}
