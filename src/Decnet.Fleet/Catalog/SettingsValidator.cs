namespace Decnet.Fleet.Catalog;

using Decnet.Fleet.Model;

/// <summary>
/// Checks the settings of a service against its fields and gives them their types. Every way into a fleet goes through
/// here, so <c>false</c> is false, a choice is one of the choices and a misspelt key is an error wherever it was written.
/// </summary>
public static class SettingsValidator
{
    /// <summary>Keys that bind any path of the host into a container in the Python system, so that people may still write them.</summary>
    static readonly string[] HostPathKeys = ["files", "email_seed"];

    /// <summary>Checks settings. Every fault becomes an issue; a faulty setting is missing from the result.</summary>
    /// <param name="service">The service, whose fields say what is allowed.</param>
    /// <param name="values">
    /// The settings by key. A value is a text (as an INI file has it), a boolean, a number, a sequence of these (for fields
    /// with several choices), a dictionary (which is written as JSON), a <see cref="SettingValue"/>, or a
    /// <see cref="System.Text.Json.JsonElement"/>. Null and the empty text mean that the setting is not set.
    /// </param>
    /// <param name="target">What the settings belong to, such as <c>web-01/http</c>; issues name <c>web-01/http/fake_app</c>.</param>
    /// <param name="issues">Where issues are added: <c>unknown-setting</c>, <c>duplicate-setting</c>, <c>bad-setting</c>.</param>
    /// <param name="lineOf">Tells the line of a key, counted from 1.</param>
    /// <returns>The valid settings, typed, in the order of the service's fields.</returns>
    public static ValueMap<SettingValue> Validate(
        ServiceDefinition service,
        IEnumerable<KeyValuePair<string, object?>> values,
        string target,
        ICollection<FleetIssue> issues,
        Func<string, int?>? lineOf = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(issues);
        Dictionary<string, SettingValue?>? found = null;
        foreach (var (key, raw) in values)
        {
            found ??= new(StringComparer.Ordinal);
            var place = (Target: $"{target}/{key}", Line: lineOf?.Invoke(key));
            if (service.ConfigFields.FirstOrDefault(field => field.Key == key) is not { } field)
            {
                issues.Add(FleetIssue.Error("unknown-setting", Unknown(service, key), FixUnknown(service, key), place.Target, place.Line));
                continue;
            }

            if (found.ContainsKey(key))
            {
                issues.Add(FleetIssue.Error("duplicate-setting", $"'{key}' of {service.Slug} is set twice.", "keep one", place.Target, place.Line));
                continue;
            }

            var (value, fault) = Fit(field, raw);
            found[key] = value;
            if (fault is not null)
            {
                issues.Add(FleetIssue.Error("bad-setting", $"'{key}' of {service.Slug} {fault.Problem}.", fault.Fix, place.Target, place.Line));
            }
        }

        return found is null ? ValueMap<SettingValue>.Empty : InOrder(service, found);
    }

    static (SettingValue? Value, SettingFault? Fault) Fit(ConfigField field, object? raw)
    {
        try
        {
            return RawSetting.Read(raw) is { } value && !(value.Kind == SettingKind.Text && value.ToString().Length == 0)
                ? SettingCoercion.Fit(field, value)
                : (null, null);
        }
        catch (FormatException error)
        {
            return (null, new SettingFault($"cannot be read: {error.Message}", "use a text, a number, a boolean or a list of texts"));
        }
    }

    static ValueMap<SettingValue> InOrder(ServiceDefinition service, Dictionary<string, SettingValue?> found) =>
        new(from field in service.ConfigFields
            let value = found.GetValueOrDefault(field.Key)
            where value is not null
            select new KeyValuePair<string, SettingValue>(field.Key, value));

    static string Unknown(ServiceDefinition service, string key) =>
        HostPathKeys.Contains(key, StringComparer.OrdinalIgnoreCase)
            ? $"{service.Slug} has no setting '{key}': it would show any folder of this host to an intruder."
            : $"{service.Slug} has no setting '{key}'.";

    static string FixUnknown(ServiceDefinition service, string key)
    {
        if (HostPathKeys.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            return "remove it; put content into the image, or give a service of your own a volume below the root of artifacts";
        }

        return service.ConfigFields.Count == 0
            ? "remove it; the service has no settings"
            : Suggestion.Fix(key, service.ConfigFields.Select(field => field.Key));
    }
}
