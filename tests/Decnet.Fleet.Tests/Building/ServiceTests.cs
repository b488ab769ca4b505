namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class ServiceTests
{
    static readonly ServiceDefinition Plc = new() { Slug = "plc", DisplayName = "PLC", Image = "lab/plc:1", Ports = [new(PortProtocol.Tcp, 22)] };

    [Fact]
    public void Explicit_services_keep_their_order() =>
        Assert.Equal(["ssh", "ftp", "http"], Build(Ssh with { Services = ["ssh", "ftp", "http"] }).Deckies[2].Services);

    [Fact]
    public void An_unknown_service_is_refused_with_the_nearest_and_all()
    {
        var issue = Only(Ssh with { Services = ["htpp"] });
        Assert.Equal("unknown-service", issue.Code);
        Assert.Contains("'http'", issue.Fix, StringComparison.Ordinal);
        Assert.Contains("telnet", issue.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_of_the_whole_fleet_is_refused() => Assert.Equal("singleton-service", Only(Ssh with { Services = ["sniffer"] }).Code);

    [Fact, Trait("Weakness", "W-13")]
    public void A_service_that_comes_twice_is_refused() => Assert.Equal("duplicate-service", Only(Ssh with { Services = ["ssh", "ssh"] }).Code);

    [Fact, Trait("Weakness", "W-03")]
    public void Services_that_open_the_same_port_are_refused()
    {
        var issue = Only(Ssh with { Services = ["smtp", "ssh", "smtp_relay"] });
        Assert.Equal("port-conflict", issue.Code);
        Assert.Contains("25/tcp is opened by smtp and smtp_relay", issue.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Weakness", "W-03")]
    public void A_port_that_a_setting_opens_counts()
    {
        var quic = Plc with { Ports = [new(PortProtocol.Udp, 443)] };
        var request = Ssh with { Services = ["https", "plc"], Catalog = new() { Services = [quic] } };
        Assert.True(Builder().TryBuild(request).Succeeded);
        request = request with { ServiceConfig = Config("https", "http_versions", new[] { "http/1.1", "http/3" }) };
        Assert.Equal("port-conflict", Only(request).Code);
    }

    [Fact, Trait("Weakness", "W-03")]
    public void Every_archetype_fits_into_one_network_namespace() =>
        Assert.All(FleetCatalog.BuiltIn.Archetypes, archetype => Assert.Equal(archetype.Services, Build(Ssh with { Services = null, Archetype = archetype.Slug }).Deckies[0].Services));

    [Fact]
    public void Explicit_services_keep_slug_and_family_of_the_archetype()
    {
        var decky = Build(Ssh with { Archetype = "windows-server" }).Deckies[0];
        Assert.Equal(("ssh", "windows-server", "windows_server"), (decky.Services[0], decky.Archetype, decky.NmapOs));
    }

    [Fact]
    public void Without_services_nothing_is_built() => Assert.Equal("missing-services", Only(Ssh with { Services = [] }).Code);

    [Fact]
    public void An_unknown_archetype_is_refused_with_the_nearest() =>
        Assert.Contains("'linux-server'", Only(Ssh with { Services = null, Archetype = "linux-sever" }).Fix, StringComparison.Ordinal);

    [Fact, Trait("Weakness", "W-03"), Trait("Weakness", "W-10")]
    public void Random_services_are_one_to_three_in_order_of_the_pool_without_singletons_and_port_conflicts()
    {
        var pool = FleetCatalog.BuiltIn.ServicePool.ToList();
        var deckies = Build(Random with { Count = 5_000, Subnet = System.Net.IPNetwork.Parse("10.0.0.0/16") }).Deckies;
        Assert.Equal([1, 2, 3], deckies.Select(decky => decky.Services.Count).Distinct().Order());
        Assert.Equal(pool, deckies.SelectMany(decky => decky.Services).Distinct().Order(StringComparer.Ordinal));
        Assert.All(deckies, decky =>
        {
            int[] places = [.. decky.Services.Select(slug => pool.IndexOf(slug))];
            Assert.Equal(places.Distinct().Order(), places);
            Assert.True(places[0] >= 0);
            Assert.Empty(FleetCatalog.BuiltIn.FindPortConflicts(decky.Services));
        });
    }

    [Fact, Trait("Weakness", "W-10")]
    public void Random_combinations_repeat_only_when_all_have_come()
    {
        var possible = Combinations().Count(services => FleetCatalog.BuiltIn.FindPortConflicts(services).Count == 0);
        var deckies = Build(Random with { Count = possible + 50, Subnet = System.Net.IPNetwork.Parse("10.0.0.0/16") }).Deckies;
        Assert.Equal(possible, deckies.Take(possible).Select(decky => decky.Services).Distinct().Count());
        Assert.Equal(50, deckies.Skip(possible).Select(decky => decky.Services).Distinct().Count());
    }

    [Fact, Trait("Weakness", "W-10")]
    public void Every_number_of_services_is_equally_likely()
    {
        var numbers = Enumerable.Range(0, 300).Select(seed => Build(Random with { Count = 1, Seed = seed }).Deckies[0].Services.Count).CountBy(count => count);
        Assert.All(numbers, number => Assert.InRange(number.Value, 70, 130));
    }

    [Fact]
    public void Services_of_the_fleet_itself_are_drawn_too()
    {
        var fleet = Build(Random with { Count = 200, Catalog = new() { Services = [Plc] } });
        Assert.Contains(fleet.Deckies, decky => decky.Services.Contains("plc"));
        Assert.DoesNotContain(fleet.Deckies, decky => decky.Services.Contains("plc") && decky.Services.Contains("ssh"));
        Assert.Equal(Plc, Assert.Single(fleet.Catalog!.Services));
        Assert.DoesNotContain(Build(Random with { Count = 200 }).Deckies, decky => decky.Services.Contains("plc"));
    }

    [Fact, Trait("Weakness", "W-16")]
    public void A_fleet_carries_all_that_its_builder_knows_beyond_the_built_in_catalog()
    {
        var house = FleetCatalog.BuiltIn.With(new() { Services = [Plc, new() { Slug = "ssh", DisplayName = "Mine", Image = "lab/ssh:1", Override = true }] });
        var newer = Plc with { Image = "lab/plc:2", Override = true };
        var builder = new FleetBuilder(catalog: house);
        Assert.Equal(["plc", "ssh"], builder.Build(Ssh with { Services = ["plc"] }).Catalog!.Services.Select(service => service.Slug));
        var catalog = FleetCatalog.For(builder.Build(Ssh with { Services = ["plc"], Catalog = new() { Services = [newer] } }));
        Assert.Equal(("lab/plc:2", "lab/ssh:1"), (catalog.FindService("plc")!.Image, catalog.FindService("ssh")!.Image));
    }

    [Fact]
    public void A_catalog_that_is_not_valid_is_reported_without_aftermath() =>
        Assert.Equal("shadowed-slug", Only(Ssh with { Services = ["plc", "ssh"], Catalog = new() { Services = [Plc with { Ports = [] }, new() { Slug = "ssh", DisplayName = "Mine", Image = "lab/ssh:1" }] } }).Code);

    internal static Dictionary<string, IReadOnlyDictionary<string, object?>> Config(string slug, string key, object? value) =>
        new() { [slug] = new Dictionary<string, object?> { [key] = value } };

    static IEnumerable<string[]> Combinations()
    {
        var pool = FleetCatalog.BuiltIn.ServicePool;
        for (var i = 0; i < pool.Count; i++)
        {
            yield return [pool[i]];
            for (var j = i + 1; j < pool.Count; j++)
            {
                yield return [pool[i], pool[j]];
                for (var k = j + 1; k < pool.Count; k++)
                {
                    yield return [pool[i], pool[j], pool[k]];
                }
            }
        }
    }
}
