namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>
/// The typed value of a setting. Settings of our own making are typed already. Those of a fleet file of the Python system are
/// texts as somebody wrote them: they get their type here where they fit, and stay as they are where not.
/// </summary>
internal static class EffectiveSetting
{
    internal static SettingValue? Of(ServiceDefinition service, ValueMap<SettingValue>? settings, string key)
    {
        if (settings is null || !settings.TryGetValue(key, out var value))
        {
            return null;
        }

        return service.ConfigFields.FirstOrDefault(field => field.Key == key) is { } field
            ? SettingCoercion.Fit(field, value).Value ?? value
            : value;
    }
}
