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

        return Checked(wish).For(services);
    }

    /// <summary>Says what is wrong with the settings of a decky that cannot be made because of another issue.</summary>
    internal void CheckOnly(SettingsWish? wish)
    {
        if (wish is not null)
        {
            Checked(wish);
        }
    }

    /// <summary>Warns of settings for services that no decky they are meant for runs. They have no effect.</summary>
    internal void ReportUnused()
    {
        foreach (var resolved in known.Values)
        {
            foreach (var service in resolved.IsResolved ? resolved.Unused : [])
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

    Resolved Checked(SettingsWish wish)
    {
        if (!known.TryGetValue(wish, out var resolved))
        {
            known[wish] = resolved = new Resolved(wish, Check(wish));
        }

        return resolved;
    }

    ValueMap<SettingValue>?[] Check(SettingsWish wish)
    {
        var valid = new ValueMap<SettingValue>?[wish.Services.Count];
        for (var i = 0; i < valid.Length; i++)
        {
            var service = wish.Services[i];
            var target = $"{wish.Target}/{service.Slug}";
            valid[i] = catalog.Service(service.Slug, target, service.Line, issues) is { } definition
                ? SettingsValidator.Validate(definition, service.Values, target, issues, service.LineOf)
                : null;
        }

        return valid;
    }

    /// <summary>A wish with its valid settings, null for a service that does not exist.</summary>
    sealed class Resolved(SettingsWish wish, ValueMap<SettingValue>?[] valid)
    {
        readonly bool[] used = new bool[valid.Length];
        Dictionary<ValueList<string>, ValueMap<ValueMap<SettingValue>>>? byServices;
        ValueList<string>? lastServices;
        ValueMap<ValueMap<SettingValue>> last = ValueMap<ValueMap<SettingValue>>.Empty;

        internal SettingsWish Wish => wish;

        /// <summary>Whether a decky with known services has asked for them.</summary>
        internal bool IsResolved => lastServices is not null;

        internal IEnumerable<ServiceSettingsWish> Unused => wish.Services.Where((_, i) => valid[i] is not null && !used[i]);

        internal ValueMap<ValueMap<SettingValue>> For(ValueList<string> services)
        {
            if (ReferenceEquals(services, lastServices))
            {
                return last;
            }

            if (lastServices is not null)
            {
                byServices ??= new(ReferenceEqualityComparer.Instance);
                byServices[lastServices] = last;
            }

            lastServices = services;
            return last = byServices?.GetValueOrDefault(services) ?? Select(services);
        }

        ValueMap<ValueMap<SettingValue>> Select(ValueList<string> services)
        {
            var selected = new List<KeyValuePair<string, ValueMap<SettingValue>>>();
            for (var i = 0; i < valid.Length; i++)
            {
                var slug = wish.Services[i].Slug;
                if (valid[i] is { } settings && services.Contains(slug, StringComparer.Ordinal))
                {
                    used[i] = true;
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
