namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

/// <summary>Whatever is described, describing it again with other dice changes nothing.</summary>
public sealed class PreviousProperties
{
    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void The_same_request_again_gives_the_same_deckies() => Check(seed =>
    {
        var request = AnyRequest(new Random(seed));
        var first = Build(request).Deckies;
        Assert.Equal(first, Later(seed).Build(request with { Seed = seed + 1, Previous = Shuffled(first, seed) }).Deckies);
    });

    [Fact]
    public void More_deckies_of_a_request_leave_the_first_ones_as_they_were() => Check(seed =>
    {
        var request = AnyRequest(new Random(seed)) with { Names = null, Addresses = null };
        var first = Build(request).Deckies;
        var more = Later(seed).Build(request with { Count = first.Count + 5, Seed = seed + 1, Previous = first }).Deckies;
        Assert.Equal(first, more.Take(first.Count));
        AssertUnique(more);
    });

    [Fact]
    public void The_same_description_again_gives_the_same_deckies() => Check(seed =>
    {
        var ini = Parse(AnySections(new Random(seed)));
        var first = Builder().Build(ini, new() { Seed = seed }).Deckies;
        Assert.Equal(first, Later(seed).Build(ini, new() { Seed = seed + 1, Previous = Shuffled(first, seed) }).Deckies);
    });

    [Fact]
    public void Another_section_anywhere_leaves_the_others_as_they_were() => Check(seed =>
    {
        var random = new Random(seed);
        var sections = AnySections(random);
        var first = Builder().Build(Parse(sections), new() { Seed = seed }).Deckies;
        sections.Insert(random.Next(sections.Count + 1), AnySection(random, "new", random.Next(1, 4), null));
        var more = Later(seed).Build(Parse(sections), new() { Seed = seed + 1, Previous = first }).Deckies;
        Assert.Equal(first, more.Where(decky => !decky.Name.Value.StartsWith("new", StringComparison.Ordinal)));
        AssertUnique(more);
    });

    [Fact]
    public void What_rotation_and_attackers_have_changed_stays() => Check(seed =>
    {
        var random = new Random(seed);
        var ini = Parse(AnySections(random));
        ValueList<Decky> now = [.. Builder().Build(ini, new() { Seed = seed }).Deckies.Select(decky => decky with
        {
            Services = decky.MutateInterval is null ? decky.Services : ["ftp", "sip"],
            LastMutated = Now.AddMinutes(random.Next(1_000)),
            LastLoginAttempt = random.Next(2) == 0 ? null : Now,
        })];
        Assert.Equal(now, Later(seed).Build(ini, new() { Seed = seed + 1, Previous = now }).Deckies);
    });

    static void Check(Action<int> property) => FsCheck.Check.One(Cases, Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));

    static FleetBuilder Later(int seed) => new(new FakeTimeProvider(Now.AddDays(1)), new Random(seed));

    static FleetIni Parse(List<string> sections) =>
        FleetIniParser.Parse("[general]\nnet = 10.0.0.0/22\ngw = 10.0.0.1\nmutate_interval = 60\n" + string.Concat(sections));

    static ValueList<Decky> Shuffled(ValueList<Decky> deckies, int seed)
    {
        Decky[] items = [.. deckies];
        new Random(seed).Shuffle(items);
        return [.. items];
    }

    static void AssertUnique(IEnumerable<Decky> deckies)
    {
        Decky[] all = [.. deckies];
        Assert.Equal(all.Length, all.Select(decky => decky.IPAddress).Distinct().Count());
        Assert.Equal(all.Length, all.Select(decky => decky.Hostname).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(all.Length, all.Select(decky => decky.MacAddress).Distinct().Count());
    }

    static T? Maybe<T>(Random random, T value) where T : class => random.Next(2) == 0 ? null : value;

    static string Slug(Random random, IEnumerable<string> slugs) => random.GetItems([.. slugs], 1)[0];

    static FleetRequest AnyRequest(Random random)
    {
        var count = random.Next(1, 40);
        return Requests.Random with
        {
            Seed = random.Next(),
            Count = count,
            NamePrefix = Maybe(random, "web"),
            Services = Maybe<ValueList<string>>(random, ["ssh", "http"]),
            Archetype = Maybe(random, Slug(random, FleetCatalog.BuiltIn.Archetypes.Select(archetype => archetype.Slug))),
            NmapOs = Maybe(random, Slug(random, FleetCatalog.BuiltIn.OsFamilies.Select(family => family.Slug))),
            Distros = Maybe<ValueList<string>>(random, ["kali", "rocky9"]),
            RandomizeDistros = random.Next(2) == 0,
            Addresses = Maybe<ValueList<System.Net.IPAddress>>(random, [.. Enumerable.Range(0, count).Select(i => IP($"10.0.0.{200 - i}"))]),
            MutateInterval = random.Next(2) == 0 ? null : TimeSpan.FromMinutes(random.Next(1, 100)),
            Driver = random.Next(4) == 0 ? NetworkDriver.Bridge : NetworkDriver.Macvlan,
        };
    }

    static List<string> AnySections(Random random) =>
        [.. Enumerable.Range(1, random.Next(1, 12)).Select(i => AnySection(random, $"d{i}", random.Next(1, 4), $"10.0.3.{i}"))];

    static string AnySection(Random random, string name, int amount, string? address)
    {
        var lines = new List<string?>
        {
            $"[{name}]",
            Maybe(random, $"amount = {amount}"),
            Maybe(random, "services = ssh, https"),
            Maybe(random, "archetype = " + Slug(random, FleetCatalog.BuiltIn.Archetypes.Select(archetype => archetype.Slug))),
            Maybe(random, "distro = " + Slug(random, FleetCatalog.BuiltIn.Distros.Select(distro => distro.Slug))),
            Maybe(random, "nmap_os = " + Slug(random, FleetCatalog.BuiltIn.OsFamilies.Select(family => family.Slug))),
            Maybe(random, "mutate_interval = " + Slug(random, ["off", "30"])),
        };
        if (lines[1] is null && address is not null)
        {
            lines.Add(Maybe(random, $"ip = {address}"));
            lines.Add(Maybe(random, $"hostname = {name}.corp"));
        }

        lines.Add(Maybe(random, $"[{name}.ssh]\npassword = x"));
        return string.Concat(lines.OfType<string>().Select(line => line + "\n"));
    }
}
