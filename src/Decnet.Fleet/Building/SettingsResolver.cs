namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Gives deckies the settings of the services that they run, validated; equal ones are shared.</summary>
internal sealed class SettingsResolver(BuildCatalog catalog, List<FleetIssue> issues)
{
    readonly Dictionary<SettingsWish, Resolved> known = new(ReferenceEqualityComparer.Instance);

    internal ValueMap<ValueMap<SettingValue>> Resolve(SettingsWish? wish, ValueList<string> services)
    {
        if (wish is null)
        {
            return ValueMap<ValueMap<SettingValue>>.Empty;
        }

        if (!known.TryGetValue(wish, out var resolved))
        {
            known[wish] = resolved = new Resolved(wish, Check(wish));
        }

        return resolved.For(services);
    }

    /// <summary>Warns of settings for services that no decky they are meant for runs. They have no effect.</summary>
    internal void ReportUnused()
    {
        foreach (var resolved in known.Values)
        {
            foreach (var service in resolved.Unused)
            {
                issues.Add(FleetIssue.Warning(
                    "unused-settings",
                    $"The settings of '{service.Slug}' have no effect: no decky that they are for runs it.",
                    "add the service, or remove its settings",
                    $"{resolved.Wish.Target}/{service.Slug}",
                    service.Line));
            }
        }
    }

    Dictionary<string, ValueMap<SettingValue>> Check(SettingsWish wish)
    {
        var valid = new Dictionary<string, ValueMap<SettingValue>>(StringComparer.Ordinal);
        foreach (var service in wish.Services)
        {
            var target = $"{wish.Target}/{service.Slug}";
            if (catalog.Service(service.Slug, target, service.Line, issues) is { } definition)
            {
                valid[service.Slug] = SettingsValidator.Validate(definition, service.Values, target, issues, service.LineOf);
            }
        }

        return valid;
    }

    sealed class Resolved(SettingsWish wish, Dictionary<string, ValueMap<SettingValue>> valid)
    {
        readonly Dictionary<ValueList<string>, ValueMap<ValueMap<SettingValue>>> byServices = new(ReferenceEqualityComparer.Instance);
        readonly HashSet<string> used = new(StringComparer.Ordinal);

        internal SettingsWish Wish => wish;

        internal IEnumerable<ServiceSettingsWish> Unused =>
            wish.Services.Where(service => valid.ContainsKey(service.Slug) && !used.Contains(service.Slug));

        internal ValueMap<ValueMap<SettingValue>> For(ValueList<string> services)
        {
            if (!byServices.TryGetValue(services, out var settings))
            {
                byServices[services] = settings = Select(services);
            }

            return settings;
        }

        ValueMap<ValueMap<SettingValue>> Select(ValueList<string> services)
        {
            var selected = new List<KeyValuePair<string, ValueMap<SettingValue>>>();
            foreach (var slug in services)
            {
                if (valid.TryGetValue(slug, out var settings))
                {
                    used.Add(slug);
                    if (settings.Count > 0)
                    {
                        selected.Add(new(slug, settings));
                    }
                }
            }

            return selected.Count == 0 ? ValueMap<ValueMap<SettingValue>>.Empty : new(selected);
        }
    }
}
