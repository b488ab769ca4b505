namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

/// <summary>Whatever a fleet holds, its text read again with other dice is the same fleet.</summary>
public sealed class FleetIniWriterProperties
{
    const string Characters = "ab 7#;=:[]\"'\\%$,\tü😀\u2028-/";

    static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void A_written_fleet_is_built_again_as_it_was() => FsCheck.Check.One(Cases, Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed =>
        {
            var fleet = AnyFleet(new Random(seed));
            var issues = new List<FleetIssue>();
            var text = FleetIniWriter.Write(fleet, issues);
            Assert.Empty(issues);
            Assert.Equal(fleet, Builder().Build(FleetIniParser.Parse(text).ThrowIfInvalid(), new() { Seed = seed + 1 }));
        }));

    static Fleet AnyFleet(Random random)
    {
        var own = Enumerable.Range(1, random.Next(3)).Select(i => AnyService(random, $"own_{i}")).ToList();
        var fleet = Build(Requests.Random with
        {
            Count = random.Next(1, 8),
            Seed = random.Next(),
            Archetype = random.Next(2) == 0 ? null : FleetCatalog.BuiltIn.Archetypes[random.Next(FleetCatalog.BuiltIn.Archetypes.Count)].Slug,
            RandomizeDistros = true,
            Distros = null,
            Driver = (NetworkDriver)random.Next(3),
            Interface = random.Next(2) == 0 ? null : "eth0.100",
            MutateInterval = random.Next(2) == 0 ? null : TimeSpan.FromMinutes(random.Next(1, 1000)),
            Catalog = own.Count == 0 ? null : new CatalogOverlay { Services = [.. own] },
        });
        var catalog = FleetCatalog.For(fleet);
        return fleet with { Deckies = [.. fleet.Deckies.Select(decky => AnyDecky(random, decky, catalog))] };
    }

    static Decky AnyDecky(Random random, Decky decky, FleetCatalog catalog)
    {
        var config = decky.Services
            .Select(slug => KeyValuePair.Create(slug, AnySettings(random, catalog.FindService(slug)!)))
            .Where(service => service.Value.Count > 0);
        var settings = new ValueMap<ValueMap<SettingValue>>(config);
        return decky with
        {
            ServiceConfig = catalog.FindPortConflicts(decky.Services, settings).Count == 0 ? settings : ValueMap<ValueMap<SettingValue>>.Empty,
            MutateInterval = random.Next(3) switch { 0 => null, 1 => decky.MutateInterval, _ => TimeSpan.FromMinutes(random.Next(1, 9)) },
        };
    }

    static ValueMap<SettingValue> AnySettings(Random random, ServiceDefinition service) => new(
        from field in service.ConfigFields
        where random.Next(2) == 0
        select KeyValuePair.Create(field.Key, AnyValue(random, field)));

    static SettingValue AnyValue(Random random, ConfigField field) => field.Type switch
    {
        ConfigFieldType.Int => SettingValue.Of(random.NextInt64(field.Minimum ?? -9, (field.Maximum ?? 99_999) + 1)),
        ConfigFieldType.Bool => SettingValue.Of(random.Next(2) == 0),
        ConfigFieldType.Enum when field.Choices.Count > 0 => SettingValue.Of(field.Choices[random.Next(field.Choices.Count)]),
        ConfigFieldType.MultiEnum => SettingValue.Of([.. random.GetItems([.. field.Choices], 3).Distinct()]),
        ConfigFieldType.Textarea => SettingValue.Of(random.Next(8) == 0 ? "b64:x" : AnyText(random, Characters + "\n\n\n\r\u001b")),
        _ => SettingValue.Of(AnyText(random, Characters)),
    };

    static ServiceDefinition AnyService(Random random, string slug) => new()
    {
        Slug = slug,
        DisplayName = slug,
        Image = "registry.corp.example:5000/plc@sha256:" + new string('a', 64),
        Command = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, 4).Select(i => i > 0 && random.Next(5) == 0 ? "" : AnyText(random, Characters))],
        Ports = [.. Enumerable.Range(0, random.Next(3)).Select(i => new ServicePort(i == 0 ? PortProtocol.Udp : PortProtocol.Tcp, random.Next(20_000, 65_536)))],
    };

    static string AnyText(Random random, string characters)
    {
        var runes = characters.EnumerateRunes().ToArray();
        return string.Concat(random.GetItems(runes, random.Next(1, 20)));
    }
}
