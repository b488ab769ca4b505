namespace Decnet.PowerShell.Binding;

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using Decnet.Shell.Flow;

/// <summary>Reads the settings of services from a hashtable: by service, by key. Secrets may come as SecureString or PSCredential.</summary>
internal static class ServiceSettings
{
    internal static IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>? Read(Hashtable? table)
    {
        if (table is null)
        {
            return null;
        }

        var services = new Dictionary<string, IReadOnlyDictionary<string, object?>>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            var service = Text(entry.Key);
            services[service] = Plain(entry.Value) is IDictionary settings
                ? Settings(settings)
                : throw new FaultException(new Fault(
                    "ServiceConfigInvalid", FaultCategory.InvalidArgument,
                    $"The settings of '{service}' are no hashtable. Write @{{ {service} = @{{ key = 'value' }} }}.", service));
        }

        return services;
    }

    static Dictionary<string, object?> Settings(IDictionary settings)
    {
        var read = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry setting in settings)
        {
            read[Text(setting.Key)] = Value(setting.Value);
        }

        return read;
    }

    static object? Value(object? value) => Plain(value) switch
    {
        PSCredential credential => credential.GetNetworkCredential().Password,
        SecureString secret => new NetworkCredential("", secret).Password,
        string text => text,
        IEnumerable list => list.Cast<object?>().Select(item => Value(item)?.ToString() ?? "").ToArray(),
        SwitchParameter given => given.IsPresent,
        var other => other,
    };

    static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    static string Text(object key) => Convert.ToString(Plain(key), CultureInfo.InvariantCulture) ?? "";
}
