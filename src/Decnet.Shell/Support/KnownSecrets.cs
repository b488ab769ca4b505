namespace Decnet.Shell.Support;

using System.Globalization;
using System.Text.Json.Nodes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>
/// The secrets of a host, as far as its fleets and rows tell them: it hides them where they are kept, and wherever else their values turn up.
/// </summary>
internal sealed class KnownSecrets
{
    internal const string Hidden = "[redacted]";

    /// <summary>Shorter ones are hidden where they are kept only: they turn up by chance everywhere.</summary>
    const int ShortestValue = 4;

    /// <summary>Lines of a longer secret, such as of a key, that are told apart from chance.</summary>
    const int ShortestLine = 16;

    static readonly string[] SecretWords = ["PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL"];
    static readonly SettingValue HiddenValue = SettingValue.Of(Hidden);

    readonly HashSet<string> values = new(StringComparer.Ordinal);
    string[]? longestFirst;

    /// <summary>Learns the secrets of a fleet.</summary>
    internal void Learn(Model.Fleet fleet)
    {
        foreach (var decky in fleet.Deckies)
        {
            Learn(decky, CatalogOf(fleet));
        }

        foreach (var service in fleet.Catalog?.Services ?? [])
        {
            foreach (var field in service.ConfigFields.Where(field => field is { Secret: true, Default: not null }))
            {
                Add(field.Default!);
            }

            foreach (var binding in service.Bindings.Where(binding => binding.Default is not null && IsSecret(service, binding.Field)))
            {
                Add(binding.Default!);
            }

            foreach (var (variable, value) in service.Environment.Where(pair => SecretWords.Any(word => pair.Key.Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                Add(value);
            }
        }
    }

    /// <summary>Learns the secrets of a decky.</summary>
    internal void Learn(Model.Decky decky, FleetCatalog catalog)
    {
        foreach (var (slug, settings) in decky.ServiceConfig)
        {
            foreach (var (_, value) in settings.Where(setting => IsSecret(catalog.FindService(slug), setting.Key)))
            {
                Add(value);
            }
        }
    }

    /// <summary>A fleet without its secrets. Settings that the catalog does not know are hidden too, since nobody can tell what they are.</summary>
    internal static Model.Fleet Hide(Model.Fleet fleet)
    {
        var catalog = CatalogOf(fleet);
        return fleet with
        {
            Deckies = [.. fleet.Deckies.Select(decky => Hide(decky, catalog))],
            Catalog = fleet.Catalog is null ? null : fleet.Catalog with { Services = [.. fleet.Catalog.Services.Select(Hide)] },
        };
    }

    /// <summary>A decky without its secrets.</summary>
    internal static Model.Decky Hide(Model.Decky decky, FleetCatalog catalog) => decky with
    {
        ServiceConfig = Map(decky.ServiceConfig, (slug, settings) =>
            Map(settings, (key, value) => IsSecret(catalog.FindService(slug), key) ? HiddenValue : value)),
    };

    /// <summary>The catalog of a fleet; the built-in one when its own cannot be used.</summary>
    internal static FleetCatalog CatalogOf(Model.Fleet fleet)
    {
        try
        {
            return FleetCatalog.For(fleet);
        }
        catch (FleetValidationException)
        {
            return FleetCatalog.BuiltIn;
        }
    }

    /// <summary>A text without the values of secrets.</summary>
    internal string Hide(string text)
    {
        longestFirst ??= [.. values.OrderByDescending(value => value.Length)];
        foreach (var value in longestFirst)
        {
            text = text.Replace(value, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>JSON without the values of secrets, and valid all the same.</summary>
    internal JsonNode? Hide(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Hide(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Hide)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Hide(text)),
        JsonValue value when values.Contains(value.ToJsonString()) => JsonValue.Create(Hidden),
        _ => node?.DeepClone(),
    };

    static ServiceDefinition Hide(ServiceDefinition service) => service with
    {
        ConfigFields = [.. service.ConfigFields.Select(field => field is { Secret: true, Default: not null } ? field with { Default = HiddenValue } : field)],
        Bindings = [.. service.Bindings.Select(binding => binding.Default is not null && IsSecret(service, binding.Field) ? binding with { Default = Hidden } : binding)],
        Environment = Map(service.Environment, (_, _) => Hidden),
        Command = [.. service.Command.Select(_ => Hidden)],
    };

    static bool IsSecret(ServiceDefinition? service, string key) =>
        service?.ConfigFields.FirstOrDefault(field => field.Key == key) is not { Secret: false };

    static ValueMap<T> Map<T>(ValueMap<T> map, Func<string, T, T> change) =>
        new(map.Select(entry => KeyValuePair.Create(entry.Key, change(entry.Key, entry.Value))));

    void Add(SettingValue value)
    {
        if (value.Kind == SettingKind.List)
        {
            foreach (var item in value.List)
            {
                Add(item);
            }
        }
        else if (value.Kind == SettingKind.Integer)
        {
            Add(value.Integer.ToString(CultureInfo.InvariantCulture));
        }
        else if (value.Kind == SettingKind.Text)
        {
            Add(value.ToString());
        }
    }

    void Add(string value)
    {
        longestFirst = null;
        foreach (var line in value.Split(['\r', '\n'], StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine))
        {
            values.Add(line);
        }

        if (value.Length >= ShortestValue)
        {
            values.Add(value);
        }
    }
}
