namespace Decnet.HelpWriter.Writing;

using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Writes the help file that <c>Get-Help</c> of PowerShell reads.</summary>
/// <param name="online">Address of the reference page, or <see langword="null"/>.</param>
internal sealed class MamlWriter(string? online)
{
    static readonly XNamespace Root = "http://msh";
    static readonly XNamespace Maml = MamlProse.Maml;
    static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal string Write(IReadOnlyList<CmdletHelp> cmdlets)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            new XDocument(new XElement(Root + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Cmdlet))).Save(writer);
        }

        return $"{Encoding.UTF8.GetString(bytes.ToArray())}\n";
    }

    XElement Cmdlet(CmdletHelp cmdlet) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            new XElement(Maml + "description", MamlProse.Paragraph(MamlProse.Plain(cmdlet.Synopsis)))),
        new XElement(Maml + "description", MamlProse.Elements(cmdlet.Description)),
        new XElement(Command + "syntax", cmdlet.Syntax.Select(set => Syntax(cmdlet, set))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(parameter => Full(cmdlet, parameter))),
        new XElement(Command + "inputTypes", Types(cmdlet.Inputs, "inputType", "You cannot pipe objects to this cmdlet.")),
        new XElement(Command + "returnValues", Types(cmdlet.Outputs, "returnValue", "This cmdlet emits nothing.")),
        new XElement(Command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", Links(cmdlet)));

    static XElement Syntax(CmdletHelp cmdlet, SyntaxHelp set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        set.Parameters.Select(used => Parameter(used.Parameter, used.Place, used.Parameter.Text, ValueInSyntax(used.Parameter))));

    /// <summary>Where the parameter sets differ, Get-Help can show one thing only: what holds in all of them, and the place in the first.</summary>
    static XElement Full(CmdletHelp cmdlet, ParameterHelp parameter)
    {
        var first = cmdlet.Syntax.Select(set => parameter.In(set.Set)).OfType<ParameterPlace>().First();
        var place = first with { Mandatory = parameter.Mandatory, ByValue = parameter.ByValue, ByPropertyName = parameter.ByPropertyName };
        return Parameter(parameter, place, [.. parameter.Text, .. ParameterValues.Described(parameter)], Value(parameter, parameter.TypeName));
    }

    static XElement Parameter(ParameterHelp parameter, ParameterPlace place, IReadOnlyList<Block> text, XElement? value) => new(
        Command + "parameter",
        new XAttribute("required", Truth(place.Mandatory)),
        new XAttribute("variableLength", Truth(parameter.IsArray)),
        new XAttribute("globbing", Truth(parameter.Wildcards)),
        new XAttribute("pipelineInput", Pipeline(place)),
        new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", MamlProse.Elements(text)),
        value,
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", DefaultOf(parameter)));

    static XElement? ValueInSyntax(ParameterHelp parameter) => parameter switch
    {
        { IsSwitch: true } => null,
        { ValuesInSyntax: true } => new XElement(
            Command + "parameterValueGroup", parameter.Values.Select(value => Value(parameter, value.Name))),
        _ => Value(parameter, parameter.TypeName),
    };

    static XElement Value(ParameterHelp parameter, string text) => new(
        Command + "parameterValue",
        new XAttribute("required", Truth(!parameter.IsSwitch)),
        new XAttribute("variableLength", Truth(parameter.IsArray)),
        text);

    static IEnumerable<XElement> Types(IReadOnlyList<TypeHelp> types, string element, string none) =>
        (types.Count > 0 ? types : [new TypeHelp("None", [new Span(SpanKind.Words, none)])]).Select(type => new XElement(
            Command + element,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
            new XElement(Maml + "description", MamlProse.Paragraph(MamlProse.Plain(type.Text)))));

    /// <summary>The empty paragraph at the end keeps examples apart in what Get-Help prints.</summary>
    static XElement Example(ExampleHelp example)
    {
        var title = example.Title.Count > 0 ? $"Example {example.Number}: {MamlProse.Plain(example.Title)}" : $"Example {example.Number}";
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", $"---------- {title} ----------"),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", MamlProse.Elements(example.Remarks), MamlProse.Paragraph("")));
    }

    IEnumerable<XElement> Links(CmdletHelp cmdlet)
    {
        if ((cmdlet.Online ?? AddressOf(cmdlet.Name)) is { } page)
        {
            yield return Link("Online Version:", page);
        }

        foreach (var link in cmdlet.Links)
        {
            yield return Link(link.Text, link.Kind switch
            {
                SpanKind.Cmdlet => AddressOf(link.Target!),
                SpanKind.Address when link.Target != link.Text => link.Target,
                _ => null,
            });
        }
    }

    string? AddressOf(string cmdlet) => online is null ? null : $"{online}{Anchors.Of(cmdlet)}";

    static XElement Link(string text, string? address) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", address));

    static string DefaultOf(ParameterHelp parameter) =>
        parameter.Default.Count > 0 ? MamlProse.Plain(parameter.Default) : parameter.IsSwitch ? "False" : "None";

    static string Pipeline(ParameterPlace place) => place switch
    {
        { ByValue: true, ByPropertyName: true } => "True (ByValue, ByPropertyName)",
        { ByValue: true } => "True (ByValue)",
        { ByPropertyName: true } => "True (ByPropertyName)",
        _ => "False",
    };

    static string Truth(bool value) => value ? "true" : "false";
}
