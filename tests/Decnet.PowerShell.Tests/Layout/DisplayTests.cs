namespace Decnet.PowerShell.Tests.Layout;

using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decnet.Shell.Flow;
using Decnet.Testing;
using Xunit;

/// <summary>The views and the members added to types name what there is: PowerShell leaves a cell empty when it is not there.</summary>
public sealed partial class DisplayTests
{
    const string Namespace = "Decnet.Shell.Output";

    /// <summary>Payloads are left to the view of dictionaries.</summary>
    static readonly Dictionary<string, Type> Outputs = typeof(Fault).Assembly.ExportedTypes
        .Where(type => type.Namespace == Namespace && !typeof(System.Collections.IDictionary).IsAssignableFrom(type))
        .ToDictionary(type => type.FullName!, StringComparer.Ordinal);

    static readonly XElement[] Views = [.. Load("Decnet.Format.ps1xml").Descendants("View")];

    static readonly XElement[] Types = [.. Load("Decnet.Types.ps1xml").Elements("Type")];

    [Fact]
    public void Every_output_type_has_one_view() =>
        Assert.Equal(Outputs.Keys.Order(StringComparer.Ordinal), Views.Select(TypeOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Views_are_named_as_their_types() =>
        Assert.All(Views, view => Assert.Equal(TypeOf(view), view.Element("Name")!.Value));

    [Fact]
    public void Views_show_properties_that_there_are() =>
        Assert.All(Views, view => Assert.Empty(Shown(view).Except(Members(TypeOf(view)))));

    [Fact]
    public void Added_members_are_of_types_that_there_are() =>
        Assert.Empty(Types.Select(type => type.Element("Name")!.Value).Except(Outputs.Keys));

    [Fact]
    public void Added_members_refer_to_properties_that_there_are() =>
        Assert.All(
            Types,
            type => Assert.Empty(
                type.Descendants("ReferencedMemberName")
                    .Concat(type.Descendants("ReferencedProperties").Elements("Name"))
                    .Select(name => name.Value)
                    .Concat(type.Descendants("GetScriptBlock").SelectMany(block => Used(block.Value)))
                    .Except(Members(type.Element("Name")!.Value))));

    [Fact]
    public void Tables_have_a_header_for_each_column() =>
        Assert.All(
            Views.Elements("TableControl"),
            table => Assert.All(
                table.Descendants("TableColumnItems"),
                row => Assert.Equal(table.Descendants("TableColumnHeader").Count(), row.Elements("TableColumnItem").Count())));

    /// <summary>A type of the dependencies cannot be named in a script block, and a method that is not there is an empty cell.</summary>
    [Fact]
    public void Script_blocks_call_methods_that_there_are()
    {
        var methods = typeof(Display.Cell).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).ToHashSet();
        var calls = Views.Descendants("ScriptBlock").SelectMany(block => StaticCall().Matches(block.Value)).ToArray();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Equal(typeof(Display.Cell).FullName, call.Groups["type"].Value));
        Assert.Empty(calls.Select(call => call.Groups["method"].Value).Except(methods));
    }

    static XElement Load(string file) => XDocument.Load(SourceTree.File("src/Decnet.PowerShell/Module/" + file)).Root!;

    static string TypeOf(XElement view) => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;

    static IEnumerable<string> Shown(XElement view) =>
        view.Descendants("PropertyName").Select(name => name.Value).Concat(view.Descendants("ScriptBlock").SelectMany(block => Used(block.Value)));

    static IEnumerable<string> Used(string script) => PropertyUse().Matches(script).Select(match => match.Groups["name"].Value);

    static HashSet<string> Members(string type) =>
    [
        .. Outputs[type].GetProperties().Select(property => property.Name),
        .. Types.Where(entry => entry.Element("Name")!.Value == type)
            .SelectMany(entry => entry.Element("Members")!.Elements())
            .Where(member => member.Name.LocalName is "AliasProperty" or "ScriptProperty")
            .Select(member => member.Element("Name")!.Value),
    ];

    [GeneratedRegex(@"\$(_|this)\.(?<name>\w+)")]
    private static partial Regex PropertyUse();

    [GeneratedRegex(@"\[(?<type>[\w.]+)\]::(?<method>\w+)\(")]
    private static partial Regex StaticCall();
}
