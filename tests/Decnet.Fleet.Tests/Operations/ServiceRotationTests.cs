namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

public sealed class ServiceRotationTests
{
    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);
    static readonly FleetCatalog Catalog = FleetCatalog.BuiltIn;

    [Fact]
    [Trait("Weakness", "L-6.1")]
    public void It_chooses_one_to_three_of_the_pool_that_fit_together_and_are_others() => ForAnyFleet((fleet, seed) =>
    {
        var rotation = new ServiceRotation(Catalog, fleet, new Random(seed));
        foreach (var decky in fleet.Deckies)
        {
            var pool = Pool(decky);
            var services = rotation.Choose(decky);
            if (services is null)
            {
                Assert.True(pool.Count == 1 && ServiceRotation.IsSame(pool, decky.Services), $"{decky.Archetype} has others");
                continue;
            }

            Assert.InRange(services.Count, 1, 3);
            Assert.False(ServiceRotation.IsSame(services, decky.Services));
            Assert.Equal(pool.Where(services.Contains), services);
            Assert.Empty(Catalog.FindPortConflicts(services, decky.ServiceConfig));
        }
    });

    [Fact]
    public void It_chooses_the_same_for_the_same_seed() => ForAnyFleet((fleet, seed) =>
        Assert.Equal(Rotate(fleet, seed), Rotate(fleet, seed)));

    [Fact]
    public void It_chooses_what_no_other_decky_shows_as_long_as_there_is_such() => Each(seed =>
    {
        var random = new Random(seed);
        var fleet = Sample.Fleet(Sample.Deckies(random.Next(1, 40)).Select(decky => decky with { Services = SomeOf(Catalog.ServicePool, random) }));

        var chosen = Rotate(fleet, seed).OfType<ValueList<string>>().ToArray();

        var shown = fleet.Deckies.Select(decky => decky.Services).Concat(chosen).Select(Key).ToArray();
        Assert.Equal(fleet.Deckies.Select(decky => Key(decky.Services)).Distinct().Count() + chosen.Length, shown.Distinct().Count());
    });

    [Fact]
    public void Deckies_of_different_archetypes_do_not_get_the_same()
    {
        var one = Sample.Decky("one", "198.18.0.2", "ssh") with { Archetype = "linux-server" };
        var other = Sample.Decky("two", "198.18.0.3", "ssh", "ftp") with { Archetype = "file-server" };
        for (var seed = 0; seed < 50; seed++)
        {
            var chosen = Rotate(Sample.Fleet(one, other), seed);
            Assert.NotEqual(Key(chosen[0]!), Key(chosen[1]!));
        }
    }

    [Fact]
    [Trait("Weakness", "L-6.1")]
    public void An_archetype_with_one_service_has_no_others_and_gets_it_back_when_it_shows_something_else()
    {
        var phone = Sample.Decky("phone", "198.18.0.2", "sip") with { Archetype = "voip-server" };

        Assert.Null(Rotate(Sample.Fleet(phone), 1)[0]);
        Assert.Equal(["sip"], Rotate(Sample.Fleet(phone with { Services = ["ssh"] }), 1)[0]!);
    }

    [Fact]
    public void Sizes_and_services_are_spread_evenly()
    {
        var fleet = Sample.Fleet(Sample.Decky("web", "198.18.0.2"));
        var chosen = Enumerable.Range(0, 3000).Select(seed => Rotate(fleet, seed)[0]!).ToArray();

        Assert.All(chosen.CountBy(services => services.Count), size => Assert.InRange(size.Value, 850, 1150));
        var uses = chosen.SelectMany(services => services).CountBy(service => service).ToDictionary();
        Assert.All(Catalog.ServicePool, service => Assert.InRange(uses[service], 120, 330));
    }

    [Fact]
    public void All_that_an_archetype_can_show_comes_up()
    {
        var fleet = Sample.Fleet(Sample.Decky("file", "198.18.0.2", "ssh") with { Archetype = "file-server" });

        var chosen = Enumerable.Range(0, 300).Select(seed => Key(Rotate(fleet, seed)[0]!)).Distinct();

        Assert.Equal(["ftp", "ftp,smb", "ftp,smb,ssh", "ftp,ssh", "smb", "smb,ssh"], chosen.Order(StringComparer.Ordinal));
    }

    static ValueList<string>?[] Rotate(Fleet fleet, int seed)
    {
        var rotation = new ServiceRotation(Catalog, fleet, new Random(seed));
        return [.. fleet.Deckies.Select(rotation.Choose)];
    }

    static ValueList<string> Pool(Decky decky) => decky.Archetype is { } slug && Catalog.FindArchetype(slug) is { } archetype ? archetype.Services : Catalog.ServicePool;

    static string Key(ValueList<string> services) => string.Join(',', services.Order(StringComparer.Ordinal));

    static ValueList<string> SomeOf(ValueList<string> pool, Random random)
    {
        string[] all = [.. pool];
        random.Shuffle(all);
        return [.. all[..random.Next(1, Math.Min(all.Length, 4) + 1)]];
    }

    static void ForAnyFleet(Action<Fleet, int> property) => Each(seed =>
    {
        var random = new Random(seed);
        string?[] archetypes = [null, "no-such", .. Catalog.Archetypes.Select(archetype => archetype.Slug)];
        var deckies = Sample.Deckies(random.Next(1, 12)).Select(decky => decky with { Archetype = archetypes[random.Next(archetypes.Length)] });
        property(Sample.Fleet(deckies.Select(decky => decky with { Services = SomeOf(random.Next(3) == 0 ? Catalog.ServicePool : Pool(decky), random) })), seed);
    });

    static void Each(Action<int> property) => FsCheck.Check.One(Cases, Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
