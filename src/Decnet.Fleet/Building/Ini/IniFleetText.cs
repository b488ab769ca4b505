namespace Decnet.Fleet.Building.Ini;

using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>The sections that describe a fleet.</summary>
internal sealed class IniFleetText(Fleet fleet, IniTextWriter text)
{
    readonly FleetCatalog catalog = FleetCatalog.For(fleet);

    internal void Write()
    {
        text.Section("general");
        text.Key("net", fleet.Subnet.ToString());
        text.Key("gw", fleet.Gateway.ToString());
        text.Optional("interface", fleet.Interface);
        text.Key("driver", Token<NetworkDriver>.Of(fleet.Driver));
        text.Optional("mutate_interval", Interval(fleet.MutateInterval));
        foreach (var service in fleet.Catalog?.Services.Where(IsSimple) ?? [])
        {
            Write(service);
        }

        foreach (var decky in fleet.Deckies)
        {
            Write(decky);
            foreach (var (service, settings) in decky.ServiceConfig.Where(service => CatalogSyntax.IsServiceSlug(service.Key)))
            {
                Write(decky, service, settings);
            }
        }
    }

    /// <summary>Whether a section can define a service, perhaps without its name for people.</summary>
    internal static bool IsSimple(ServiceDefinition service) =>
        service.Image is not null && !service.Command.Any(word => word.AsSpan().ContainsAny('\r', '\n')) && service == new ServiceDefinition
        {
            Slug = service.Slug,
            DisplayName = service.DisplayName,
            Image = service.Image,
            Command = service.Command,
            Ports = service.Ports,
        };

    void Write(ServiceDefinition service)
    {
        text.Section(IniCustomSection.Prefix + service.Slug);
        text.Key("binary", service.Image!);
        if (service.Command.Count > 0)
        {
            text.Verbatim("exec", CommandLine.Join(service.Command));
        }

        if (service.Ports.Count > 0)
        {
            text.List("ports", service.Ports.Select(Port));
        }
    }

    void Write(Decky decky)
    {
        text.Section(decky.Name.Value);
        text.Key("ip", decky.IPAddress.ToString());
        text.List("services", decky.Services);
        text.Optional("archetype", decky.Archetype);
        text.Key("distro", decky.Distro);
        text.Key("hostname", decky.Hostname);
        text.Key("nmap_os", decky.NmapOs);
        text.Optional("mac", decky.MacAddress?.ToString());
        if (decky.MutateInterval != fleet.MutateInterval)
        {
            text.Key("mutate_interval", Interval(decky.MutateInterval) ?? "off");
        }

        text.Optional("host", decky.HostId?.Value);
    }

    void Write(Decky decky, string service, ValueMap<SettingValue> settings)
    {
        text.Section($"{decky.Name}.{service}");
        var fields = catalog.FindService(service)?.ConfigFields ?? [];
        foreach (var (key, value) in settings.Where(setting => CatalogSyntax.IsFieldKey(setting.Key)))
        {
            var written = value.Kind == SettingKind.List ? List(value.List) : value.ToString();
            if (fields.FirstOrDefault(field => field.Key == key) is { Type: ConfigFieldType.Textarea })
            {
                text.TextArea(key, written);
            }
            else
            {
                text.Key(key, written);
            }
        }
    }

    static string? Interval(TimeSpan? interval) => interval is { } value ? value.TotalMinutes.ToString(CultureInfo.InvariantCulture) : null;

    static string Port(ServicePort port) =>
        port.Protocol == PortProtocol.Tcp ? port.Number.ToString(CultureInfo.InvariantCulture) : port.ToString();

    /// <summary>A list with commas, or in JSON where an element would come out otherwise.</summary>
    static string List(ValueList<string> values) =>
        values.All(value => value.Length > 0 && value.Trim() == value && !value.Contains(',')) && values is not [['[', ..], ..]
            ? string.Join(", ", values)
            : "[" + string.Join(", ", values.Select(value => '"' + JsonEncodedText.Encode(value).ToString() + '"')) + "]";
}
