namespace Decnet.Fleet.Containers;

using System.Text.Json;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The environment of a service container: what the catalog fixes, what the settings say, and the host name.</summary>
internal static class ServiceEnvironment
{
    internal static ValueMap<string> Of(ServiceDefinition service, ValueMap<SettingValue>? settings, string hostname)
    {
        var environment = new List<KeyValuePair<string, string>>(service.Environment.Count + service.Bindings.Count + 1);
        environment.AddRange(service.Environment);
        foreach (var binding in service.Bindings)
        {
            if ((EffectiveSetting.Of(service, settings, binding.Field) is { } value ? Encode(binding.Encoding, value) : binding.Default) is { } text)
            {
                environment.Add(new(binding.Variable, text));
            }
        }

        environment.Add(new("HOSTNAME", hostname));
        return new(environment);
    }

    static string? Encode(SettingEncoding encoding, SettingValue value) => encoding switch
    {
        SettingEncoding.Json => JsonSerializer.Serialize(value, ModelJsonContext.Default.SettingValue),
        SettingEncoding.Flag => value is { Kind: SettingKind.Boolean, Boolean: true } ? "true" : null,
        _ => value.ToString(),
    };
}
