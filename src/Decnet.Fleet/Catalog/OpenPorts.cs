namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>The ports that a service opens with given settings.</summary>
internal static class OpenPorts
{
    internal static ValueList<ServicePort> Of(ServiceDefinition service, ValueMap<SettingValue>? settings)
    {
        if (service.ConditionalPorts.Count == 0)
        {
            return service.Ports;
        }

        var ports = new List<ServicePort>(service.Ports);
        foreach (var conditional in service.ConditionalPorts)
        {
            if (Holds(Effective(service, conditional.Field, settings), conditional.Contains) && !ports.Contains(conditional.Port))
            {
                ports.Add(conditional.Port);
            }
        }

        return [.. ports];
    }

    static SettingValue? Effective(ServiceDefinition service, string key, ValueMap<SettingValue>? settings) =>
        EffectiveSetting.Of(service, settings, key) ?? service.ConfigFields.FirstOrDefault(field => field.Key == key)?.Default;

    static bool Holds(SettingValue? value, string choice) => value?.Kind switch
    {
        null => false,
        SettingKind.List => value.List.Contains(choice, StringComparer.Ordinal),
        _ => value.ToString() == choice,
    };
}
