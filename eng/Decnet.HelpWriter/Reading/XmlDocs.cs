namespace Decnet.HelpWriter.Reading;

using System.Reflection;
using System.Xml.Linq;

/// <summary>XML documentation files: of the assembly, and of others.</summary>
internal sealed class XmlDocs
{
    static readonly XElement Nothing = new("member");

    readonly Dictionary<string, XElement> members;

    internal XmlDocs(IEnumerable<XDocument> files) =>
        members = files.SelectMany(file => file.Descendants("member"))
            .GroupBy(member => (string?)member.Attribute("name") ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    internal XElement Of(Type type) => Of($"T:{Id(type)}");

    /// <summary>The comment of a property. One without, or that says <c>inheritdoc</c>, has that of the property it overrides.</summary>
    internal XElement Of(PropertyInfo property)
    {
        for (var owner = property.DeclaringType; owner is not null; owner = owner.BaseType)
        {
            var found = Of($"P:{Id(owner)}.{property.Name}");
            if ((string?)found.Element("inheritdoc")?.Attribute("cref") is { } other)
            {
                return Of(other);
            }

            if (found != Nothing && found.Element("inheritdoc") is null)
            {
                return found;
            }
        }

        return Nothing;
    }

    internal XElement Of(FieldInfo field) => Of($"F:{Id(field.DeclaringType!)}.{field.Name}");

    internal static string Id(Type type) =>
        ((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name).Replace('+', '.');

    XElement Of(string id) => members.GetValueOrDefault(id, Nothing);
}
