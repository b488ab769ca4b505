namespace Decnet.HelpWriter.Reading;

using System.Reflection;
using Decnet.HelpWriter.Help;

/// <summary>Reads a cmdlet from its class and the comments of that class.</summary>
internal sealed class CmdletReader(XmlDocs docs, ProseReader prose)
{
    readonly ParameterReader parameterReader = new(docs, prose);

    /// <summary>Verb and noun of a cmdlet's class, or <see langword="null"/> for any other class.</summary>
    internal static (string Verb, string Noun)? NameOf(Type type) =>
        type is { IsPublic: true, IsAbstract: false }
        && Attributes.Of(type, "Cmdlet").FirstOrDefault()?.ConstructorArguments is [{ Value: string verb }, { Value: string noun }]
            ? (verb, noun)
            : null;

    internal CmdletHelp Read(Type type, string verb, string noun)
    {
        var comment = docs.Of(type);
        var cmdlet = Attributes.Of(type, "Cmdlet").First();
        ParameterHelp[] parameters = [.. parameterReader.Read(type), .. AutomaticParameters.Of(cmdlet)];
        return new CmdletHelp
        {
            Verb = verb,
            Noun = noun,
            ClassName = type.FullName!,
            Synopsis = prose.ReadLine(comment.Element("summary")),
            Description = prose.Read(comment.Element("remarks")),
            Examples = [.. comment.Elements("example").Select((example, index) => ExampleReader.Read(example, index + 1, prose))],
            Aliases = Attributes.Strings(type, "Alias"),
            Parameters = parameters,
            Syntax = SyntaxReader.Read(parameters, Attributes.Named<string?>(cmdlet, "DefaultParameterSetName", null)),
            Inputs = [.. InputsOf(type, parameters)],
            Outputs = [.. OutputsOf(type)],
            Links = [.. comment.Elements("seealso").Select(link => prose.Reference(link, link.Value.Trim()))],
            Online = Attributes.Named<string?>(cmdlet, "HelpUri", null),
        };
    }

    static IEnumerable<TypeHelp> InputsOf(Type type, IEnumerable<ParameterHelp> parameters) =>
        from parameter in parameters
        where !parameter.Automatic && (parameter.ByValue || parameter.ByPropertyName)
        orderby !parameter.ByValue
        group parameter by TypeNames.Full(type.GetProperties().First(property => property.Name == parameter.Name).PropertyType) into same
        select new TypeHelp(same.Key, [.. Listed(same)]);

    static IEnumerable<Span> Listed(IEnumerable<ParameterHelp> parameters)
    {
        var joint = "To ";
        foreach (var parameter in parameters)
        {
            yield return new Span(SpanKind.Words, joint);
            yield return new Span(SpanKind.Code, $"-{parameter.Name}");
            yield return new Span(SpanKind.Words, $" ({parameter.Binding})");
            joint = ", ";
        }

        yield return new Span(SpanKind.Words, ".");
    }

    IEnumerable<TypeHelp> OutputsOf(Type type) =>
        from attribute in Attributes.Of(type, "OutputType")
        let sets = string.Join(", ", Attributes.NamedList(attribute, "ParameterSetName").OfType<string>())
        from output in Attributes.Listed(attribute)
        let text = output is Type known ? prose.ReadLine(docs.Of(known.IsArray ? known.GetElementType()! : known).Element("summary")) : []
        let limit = sets.Length > 0 && sets != ParameterPlace.EverySet ? $"(In the parameter set {sets}.)" : ""
        select new TypeHelp(
            output is Type named ? TypeNames.Full(named) : TypeNames.Full((string)output!),
            limit.Length == 0 ? text : [.. text, new Span(SpanKind.Words, text.Count > 0 ? $" {limit}" : limit)]);
}
