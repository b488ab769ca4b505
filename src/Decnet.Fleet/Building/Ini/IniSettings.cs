namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>The settings of services by the section or decky that <c>[owner.service]</c> names.</summary>
internal sealed class IniSettings
{
    readonly Dictionary<string, List<KeyValuePair<string, ValueMap<FleetIniValue>>>> collected = new(StringComparer.Ordinal);
    readonly Dictionary<string, ValueMap<ValueMap<FleetIniValue>>> byOwner = new(StringComparer.Ordinal);

    internal void Add(string owner, string service, IniSection section)
    {
        if (section.IsDuplicate || section.Entries.Count == 0)
        {
            return;
        }

        var values = section.Entries.Select(entry => KeyValuePair.Create(entry.Key, new FleetIniValue(entry.Value, entry.Line)));
        if (!collected.TryGetValue(owner, out var services))
        {
            collected.Add(owner, services = []);
        }

        services.Add(KeyValuePair.Create(service, new ValueMap<FleetIniValue>(values)));
    }

    /// <summary>The settings of a decky: those of its group, and over them, key by key, its own.</summary>
    internal ValueMap<ValueMap<FleetIniValue>> For(string group, string decky)
    {
        var general = Of(group);
        var specific = group == decky ? null : Of(decky);
        if (general is null || specific is null)
        {
            return general ?? specific ?? ValueMap<ValueMap<FleetIniValue>>.Empty;
        }

        var merged = specific.Select(service => KeyValuePair.Create(
            service.Key, general.TryGetValue(service.Key, out var shared) ? Over(shared, service.Value) : service.Value));
        return new ValueMap<ValueMap<FleetIniValue>>(general.Concat(merged));
    }

    ValueMap<ValueMap<FleetIniValue>>? Of(string owner)
    {
        if (!byOwner.TryGetValue(owner, out var settings) && collected.TryGetValue(owner, out var services))
        {
            byOwner.Add(owner, settings = new ValueMap<ValueMap<FleetIniValue>>(services));
        }

        return settings;
    }

    static ValueMap<FleetIniValue> Over(ValueMap<FleetIniValue> general, ValueMap<FleetIniValue> specific) => new(general.Concat(specific));
}
