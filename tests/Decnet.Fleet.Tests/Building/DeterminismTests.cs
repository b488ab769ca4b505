namespace Decnet.Fleet.Tests.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class DeterminismTests
{
    [Fact, Trait("Weakness", "W-10")]
    public void The_same_seed_gives_the_same_fleet()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var request = Any(seed);
            Assert.Equal(FleetJson.Write(Build(request)), FleetJson.Write(new FleetBuilder(new FakeTimeProvider(Now), new Random(99)).Build(request)));
        }
    }

    [Fact, Trait("Weakness", "W-10")]
    public void Other_seeds_give_other_fleets() =>
        Assert.Equal(50, Enumerable.Range(0, 50).Select(seed => FleetJson.Write(Build(Random with { Seed = seed }))).Distinct().Count());

    [Fact, Trait("Weakness", "W-10")]
    public void A_builder_without_a_seed_follows_its_random_source()
    {
        var request = Random with { Seed = null };
        var (one, two) = (Builder(), Builder());
        var first = FleetJson.Write(one.Build(request));
        Assert.Equal(first, FleetJson.Write(two.Build(request)));
        Assert.NotEqual(first, FleetJson.Write(one.Build(request)));
        Assert.NotEqual(FleetJson.Write(new FleetBuilder().Build(request)), FleetJson.Write(new FleetBuilder().Build(request)));
    }

    [Fact, Trait("Weakness", "W-10")]
    public void A_fleet_is_the_same_in_every_process()
    {
        // Hash codes of texts differ from process to process: what another one has made would not be met if they mattered.
        var deckies = Build(Random with { Distros = null, Seed = 42 }).Deckies;
        string[] expected =
        [
            "http, k8s, smtp_relay | SRV-MONITOR-48 | d4:be:d9:98:8a:b8",
            "https, snmp | SRV-MONITOR-80 | 0c:c4:7a:0f:43:31",
            "imap, redis | SRV-JULIET-80 | 00:0c:29:05:c3:94",
        ];
        Assert.Equal(expected, deckies.Select(decky => $"{decky.Services} | {decky.Hostname} | {decky.MacAddress}"));
    }

    [Fact]
    public void Asking_for_other_services_changes_nothing_else()
    {
        var (random, given) = (Build(Random), Build(Ssh));
        Assert.Equal(given.Deckies.Select(decky => decky with { Services = [] }), random.Deckies.Select(decky => decky with { Services = [] }));
    }

    [Fact]
    public void More_deckies_leave_the_first_ones_as_they_were() =>
        Assert.Equal(Build(Random).Deckies, Build(Random with { Count = 20 }).Deckies.Take(3));

    [Fact]
    public void Whatever_is_asked_for_names_addresses_and_hosts_are_unique_and_services_fit()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var request = Any(seed);
            var fleet = Build(request);
            var count = request.Count!.Value;
            Assert.Equal(count, fleet.Deckies.Count);
            Assert.Equal(count, fleet.Deckies.Select(decky => decky.Name).Distinct().Count());
            Assert.Equal(count, fleet.Deckies.Select(decky => decky.Hostname).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Equal(count, fleet.Deckies.Select(decky => decky.MacAddress).Distinct().Count());
            uint[] numbers = [.. fleet.Deckies.Select(decky => IPv4.ToNumber(decky.IPAddress))];
            Assert.Equal(numbers.Distinct().Order(), numbers);
            Assert.All(fleet.Deckies, decky =>
            {
                Assert.True(fleet.Subnet.Contains(decky.IPAddress));
                Assert.NotEqual(fleet.Gateway, decky.IPAddress);
                Assert.DoesNotContain(decky.IPAddress, request.HostAddresses);
                Assert.DoesNotContain(decky.IPAddress, request.Reserved);
                Assert.True(HostnameRule.IsValid(decky.Hostname));
                Assert.InRange(decky.Services.Distinct().Count(), 1, 4);
                Assert.Empty(FleetCatalog.BuiltIn.FindPortConflicts(decky.Services));
            });
            Assert.Equal(FleetJson.Write(fleet), FleetJson.Write(FleetJson.ReadFleet(FleetJson.Write(fleet))));
        }
    }

    [Fact]
    public void Addresses_of_a_description_are_unique_and_keep_what_was_asked_for()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var asked = Enumerable.Range(2, 250).Select(last => IP($"10.0.0.{last}")).ToArray();
            random.Shuffle(asked);
            FleetIniDecky[] deckies = [.. Enumerable.Range(0, random.Next(1, 120)).Select(i => Section($"d{i}", i + 1) with { IPAddress = random.Next(2) == 0 ? asked[i] : null, Services = random.Next(2) == 0 ? null : ["ssh"] })];
            var fleet = Builder().Build(Description(deckies), new() { Seed = seed });
            Assert.Equal(deckies.Length, fleet.Deckies.Select(decky => decky.IPAddress).Distinct().Count());
            Assert.All(fleet.Deckies.Zip(deckies), pair => Assert.Equal(pair.Second.IPAddress ?? pair.First.IPAddress, pair.First.IPAddress));
            uint[] found = [.. fleet.Deckies.Zip(deckies).Where(pair => pair.Second.IPAddress is null).Select(pair => IPv4.ToNumber(pair.First.IPAddress))];
            Assert.Equal(found.Order(), found);
        }
    }

    static FleetRequest Any(int seed)
    {
        var random = new Random(seed);
        var archetypes = FleetCatalog.BuiltIn.Archetypes;
        var families = FleetCatalog.BuiltIn.OsFamilies;
        return Random with
        {
            Seed = seed,
            Count = random.Next(1, 400),
            Subnet = IPNetwork.Parse("10.0.0.0/22"),
            Reserved = [.. Enumerable.Range(0, random.Next(50)).Select(_ => IP($"10.0.{random.Next(4)}.{random.Next(1, 255)}"))],
            Archetype = random.Next(2) == 0 ? archetypes[random.Next(archetypes.Count)].Slug : null,
            NmapOs = random.Next(2) == 0 ? families[random.Next(families.Count)].Slug : null,
            Distros = random.Next(2) == 0 ? null : ["kali"],
            RandomizeDistros = random.Next(2) == 0,
        };
    }
}
