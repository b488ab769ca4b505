namespace Decnet.Fleet.State;

using System.Text.Json;
using System.Text.Json.Nodes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>
/// Reads the file of the Python system: <c>config</c> and <c>compose_path</c>, generation 0. Keys that it ignores are
/// ignored; what it accepts and this system does not is put right where there is only one way to, with a warning. A decky
/// without an interval of rotation gets the one of the file, since that is what it means there.
/// </summary>
internal static class FleetFilePython
{
    const string Path = "$.config";
    const string DefaultDistro = "debian";

    static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    internal static DesiredState.Known? Read(FleetFileSource source, Range config)
    {
        if (source.Members(config, Path) is not { } members)
        {
            return null;
        }

        var settings = source.Deserialize(config, Path, FleetFilePythonContext.Default.FleetFilePythonConfig);
        if (!members.TryGetValue("deckies", out var list))
        {
            source.Error("missing-key", Path + ".deckies", config, "the key is missing. It lists the deckies.");
            return null;
        }

        var parts = source.Elements(list, Path + ".deckies");
        if (parts.Count == 0 && !source.HasErrors)
        {
            source.Error("no-deckies", Path + ".deckies", list, "the list is empty, which the Python system refuses too. To empty the fleet on purpose, save an empty one.");
        }

        var deckies = Deckies(source, parts, Interval(settings));
        FleetFileChecks.Run(source, Path + ".deckies", parts, deckies);
        return source.HasErrors ? null : new DesiredState.Known
        {
            Fleet = Fleet(source, config, settings!, [.. deckies!]),
            Generation = 0,
            Origin = FleetFileOrigin.Python,
            Checksum = FleetFileFormat.Checksum(source.Text(config)),
        };
    }

    static Fleet Fleet(FleetFileSource source, Range config, FleetFilePythonConfig settings, ValueList<Decky> deckies)
    {
        if (settings.MutateInterval <= 0)
        {
            source.Warning("no-interval", Path + ".mutate_interval", config, $"{settings.MutateInterval} minutes is read as never.");
        }

        return new Fleet
        {
            Mode = settings.Mode,
            Interface = settings.Interface,
            Subnet = settings.Subnet,
            Gateway = settings.Gateway,
            Driver = settings.Ipvlan ? NetworkDriver.Ipvlan : NetworkDriver.Macvlan,
            Deckies = deckies,
            LogFile = settings.LogFile,
            MutateInterval = Interval(settings) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        };
    }

    /// <summary>The interval of the file in minutes, null for never.</summary>
    static int? Interval(FleetFilePythonConfig? settings) => settings?.MutateInterval is > 0 and var minutes ? minutes : null;

    static Decky?[] Deckies(FleetFileSource source, List<Range> parts, int? interval)
    {
        var nodes = parts.ConvertAll(part => JsonNode.Parse(source.Text(part), documentOptions: NoDuplicates));
        var names = nodes.Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var deckies = new Decky?[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            var place = FleetFileSource.Index(Path + ".deckies", i);
            if (nodes[i] is JsonObject decky)
            {
                FitName(source, place, parts[i], decky, names);
                Mend(source, place, parts[i], decky, interval);
            }

            // One line, so that an error is reported for the line where the decky begins.
            var text = nodes[i]?.ToJsonString() ?? "null";
            deckies[i] = source.Deserialize(System.Text.Encoding.UTF8.GetBytes(text), parts[i], place, ModelJsonContext.Default.Decky);
        }

        return deckies;
    }

    static void FitName(FleetFileSource source, string place, Range part, JsonObject decky, HashSet<string> names)
    {
        if (NameOf(decky) is { } name && !DeckyName.IsValid(name))
        {
            var stem = DeckyName.Suggest(name);
            var proposal = stem;
            for (var i = 2; !names.Add(proposal); i++)
            {
                proposal = DeckyName.Suggest($"{stem[..Math.Min(stem.Length, DeckyName.MaxLength - 6)]}-{i}");
            }

            source.Error("invalid-name", place + ".name", part, $"'{name}' is not a decky name: use 1 to 63 lower-case letters, digits and hyphens. '{proposal}' would fit.");
            decky["name"] = proposal;
        }
    }

    static void Mend(FleetFileSource source, string place, Range part, JsonObject decky, int? general)
    {
        decky.TryAdd("build_base", FleetCatalog.BuiltIn.FindDistro(DefaultDistro)!.BuildBase);
        if (decky["mutate_interval"] is JsonValue interval && interval.TryGetValue<int>(out var minutes) && minutes <= 0)
        {
            source.Warning("no-interval", place + ".mutate_interval", part, $"{minutes} minutes is read as the interval of the file.");
            decky["mutate_interval"] = null;
        }

        decky["mutate_interval"] ??= general;

        if (decky["services"] is JsonArray services)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var repeated in services.Where(item => item is JsonValue value && value.TryGetValue<string>(out var slug) && !seen.Add(slug)).ToList())
            {
                source.Warning("duplicate-service", place + ".services", part, $"'{repeated}' is listed more than once; once counts.");
                services.Remove(repeated);
            }
        }

        foreach (var (service, settings) in decky["service_config"] as JsonObject ?? [])
        {
            foreach (var key in (settings as JsonObject ?? []).Where(setting => setting.Value is null).Select(setting => setting.Key).ToList())
            {
                source.Warning("null-setting", $"{place}.service_config.{service}.{key}", part, "null is read as not set.");
                ((JsonObject)settings!).Remove(key);
            }
        }
    }

    static string? NameOf(JsonNode? decky) =>
        decky is JsonObject value && value["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;
}
