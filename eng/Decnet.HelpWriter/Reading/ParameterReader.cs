namespace Decnet.HelpWriter.Reading;

using System.Reflection;
using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Reads the parameters of a cmdlet: public properties with <c>[Parameter]</c>, also those of base classes.</summary>
internal sealed class ParameterReader(XmlDocs docs, ProseReader prose)
{
    internal IEnumerable<ParameterHelp> Read(Type cmdlet) =>
        cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.MaxBy(property => Depth(property.DeclaringType))!)
            .Where(property => Shown(property).Any())
            .OrderBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .Select(Read);

    ParameterHelp Read(PropertyInfo property)
    {
        var comment = docs.Of(property);
        var text = prose.Read(comment.Element("summary"));
        return new ParameterHelp
        {
            Name = property.Name,
            TypeName = TypeNames.Short(property.PropertyType),
            Text = text.Count > 0 ? text : MessageOf(property),
            Default = prose.ReadLine(comment.Element("value")),
            Aliases = Attributes.Strings(property, "Alias"),
            Values = ValuesOf(property),
            Wildcards = Attributes.Has(property, "SupportsWildcards"),
            Places = [.. Shown(property).Select(PlaceOf)],
        };
    }

    static IEnumerable<CustomAttributeData> Shown(PropertyInfo property) =>
        Attributes.Of(property, "Parameter").Where(attribute => !Attributes.Named(attribute, "DontShow", false));

    static ParameterPlace PlaceOf(CustomAttributeData attribute) => new()
    {
        Set = Attributes.Named(attribute, "ParameterSetName", ParameterPlace.EverySet),
        Mandatory = Attributes.Named(attribute, "Mandatory", false),
        Position = Attributes.Named(attribute, "Position", -1) is >= 0 and var position ? position : null,
        ByValue = Attributes.Named(attribute, "ValueFromPipeline", false),
        ByPropertyName = Attributes.Named(attribute, "ValueFromPipelineByPropertyName", false),
        TakesTheRest = Attributes.Named(attribute, "ValueFromRemainingArguments", false),
    };

    IReadOnlyList<Block> MessageOf(PropertyInfo property) =>
        [.. Shown(property).Select(attribute => Attributes.Named(attribute, "HelpMessage", "")).Where(message => message.Length > 0)
            .Take(1).SelectMany(message => prose.Read(new XElement("summary", message)))];

    IReadOnlyList<ValueHelp> ValuesOf(PropertyInfo property)
    {
        var type = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
        type = TypeNames.WithoutNullable(type);
        if (Attributes.Strings(property, "ValidateSet") is { Count: > 0 } set)
        {
            return [.. set.Select(name => new ValueHelp(name, type.IsEnum ? TextOf(type, name) : []))];
        }

        return type.IsEnum
            ? [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new ValueHelp(field.Name, TextOf(type, field.Name)))]
            : [];
    }

    IReadOnlyList<Span> TextOf(Type type, string name) =>
        type.GetField(name) is { } field ? prose.ReadLine(docs.Of(field).Element("summary")) : [];

    static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
