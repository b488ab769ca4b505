namespace Decnet.Fleet.Tests.Docs;

using System.Text;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Writes the contents of a catalog as Markdown.</summary>
static class CatalogTables
{
    internal static string Write(FleetCatalog catalog)
    {
        var text = new StringBuilder("\n");
        Table(text, "Services", ["slug", "name", "ports", "settings"], catalog.Services.Select(service => new[] { Code(service.Slug), service.DisplayName, Ports(service), Fields(service) }));
        Table(text, "Archetypes", ["slug", "name", "services", "distros by turns", "OS family"], catalog.Archetypes.Select(archetype => new[]
        {
            Code(archetype.Slug), archetype.DisplayName, archetype.Services.ToString(), archetype.PreferredDistros.ToString(), archetype.NmapOs,
        }));
        Table(text, "Distributions", ["slug", "name", "image", "services are built on", "host names"], catalog.Distros.Select(distro => new[]
        {
            Code(distro.Slug), distro.DisplayName, Code(Tag(distro.Image)), distro.Image == distro.BuildBase ? "itself" : Code(Tag(distro.BuildBase)), Token<HostnameStyle>.Of(distro.HostnameStyle),
        }));
        Table(text, "OS families", ["slug", "host names", "MAC vendors"], catalog.OsFamilies.Select(family => new[]
        {
            Code(family.Slug), family.HostnamePatterns.Count == 0 ? "as the distribution's" : string.Join(", ", family.HostnamePatterns.Select(Code)), family.MacVendors.ToString(),
        }));
        Table(text, "Kernel settings by OS family", ["net.ipv4.", .. catalog.OsFamilies.Select(family => family.Slug)], catalog.OsFamilies[0].Sysctls.Keys.Select(key =>
            (string[])[Code(key["net.ipv4.".Length..]), .. catalog.OsFamilies.Select(family => family.Sysctls[key])]));
        return text.ToString();
    }

    static void Table(StringBuilder text, string title, string[] columns, IEnumerable<string[]> rows)
    {
        text.Append("### ").Append(title).Append("\n\n");
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Row(text, row);
        }

        text.Append('\n');
    }

    static void Row(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    static string Ports(ServiceDefinition service)
    {
        var all = service with { Ports = [.. service.Ports.Concat(service.ConditionalPorts.Select(conditional => conditional.Port))], ConditionalPorts = [] };
        var opened = FleetCatalog.PortsOpenedBy(all);
        var ports = all.Ports.Select((port, index) => $"{(index < service.Ports.Count ? port : $"({port})")}{(opened.Contains(port) ? "" : " closed")}");
        return service.FleetSingleton ? "none; one for the whole fleet" : string.Join(", ", ports);
    }

    static string Fields(ServiceDefinition service) => string.Join(", ", service.ConfigFields.Select(Field));

    static string Field(ConfigField field)
    {
        var type = field.Choices.Count > 0 ? string.Join(" \\| ", field.Choices) : Token<ConfigFieldType>.Of(field.Type);
        return $"{Code(field.Key)} ({type}{(field.Secret ? ", secret" : "")})";
    }

    static string Tag(string image) => image.Split('@')[0];

    static string Code(string text) => $"`{text}`";
}
