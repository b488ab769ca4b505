namespace Decnet.HelpWriter.Tests.Writing;

using System.Xml.Linq;
using Decnet.Testing;
using Xunit;

public sealed class MamlWriterTests : IDisposable
{
    static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    readonly SampleHelp help = new();

    public void Dispose() => help.Dispose();

    [Fact]
    public void The_help_of_the_samples_is_the_golden_file()
    {
        Write();

        GoldenFile.Verify("tests/Decnet.HelpWriter.Tests/Golden/help.xml", File.ReadAllText(help.MamlPath));
    }

    [Fact]
    public void The_file_is_UTF8_without_mark_and_with_line_feeds_and_the_same_each_time()
    {
        Write();
        var first = File.ReadAllBytes(help.MamlPath);
        Write();

        Assert.Equal(first, File.ReadAllBytes(help.MamlPath));
        Assert.Equal((byte)'<', first[0]);
        Assert.DoesNotContain((byte)'\r', first);
        Assert.Equal((byte)'\n', first[^1]);
    }

    [Fact]
    public void PowerShell_recognizes_the_root_and_finds_the_cmdlets_by_name()
    {
        var root = Write();

        Assert.Equal("helpItems", root.Name.LocalName);
        Assert.Equal("maml", root.Attribute("schema")?.Value);
        Assert.Equal(
            ["Get-SampleCrate", "Remove-SampleCrate", "Test-SampleStore"],
            root.Elements(Command + "command").Select(command => command.Element(Command + "details")!.Element(Command + "name")!.Value));
    }

    [Fact]
    public void Texts_are_only_paragraphs_and_lists_which_is_all_that_Get_Help_shows()
    {
        var inside = Write().Descendants(Maml + "description").Concat(Write().Descendants(Dev + "remarks"))
            .SelectMany(text => text.Elements()).Select(element => element.Name.LocalName).Distinct().Order();

        Assert.Equal(["definitionList", "list", "para"], inside);
    }

    [Fact]
    public void The_default_set_comes_first_and_has_its_parameters_by_position_then_mandatory_then_name()
    {
        var sets = Cmdlet("Remove-SampleCrate").Element(Command + "syntax")!.Elements(Command + "syntaxItem")
            .Select(set => string.Join(' ', set.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value)));

        Assert.Equal(
            [
                "Name Force Other StorePath WhatIf Confirm",
                "All Force Other StorePath WhatIf Confirm",
                "Name InputObject Force Other StorePath WhatIf Confirm",
            ],
            sets);
    }

    [Theory]
    [InlineData("Name", "required=false variableLength=true globbing=true pipelineInput=True (ByValue, ByPropertyName) position=0 aliases=CrateName, cn")]
    [InlineData("Id", "required=true variableLength=false globbing=false pipelineInput=True (ByPropertyName) position=named aliases=none")]
    [InlineData("Since", "required=false variableLength=false globbing=false pipelineInput=False position=1 aliases=none")]
    public void A_parameter_tells_how_it_is_bound(string name, string attributes) =>
        Assert.Equal(
            attributes,
            string.Join(' ', Parameter("Get-SampleCrate", name).Attributes().Select(attribute => $"{attribute.Name.LocalName}={attribute.Value}")));

    [Fact]
    public void A_place_that_differs_is_mandatory_only_if_it_is_everywhere()
    {
        var parameter = Parameter("Remove-SampleCrate", "Name");

        Assert.Equal("false", parameter.Attribute("required")!.Value);
        Assert.Equal("0", parameter.Attribute("position")!.Value);
    }

    [Fact]
    public void Hidden_parameters_and_other_properties_are_left_out()
    {
        var names = Cmdlet("Get-SampleCrate").Descendants(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value).ToArray();

        Assert.DoesNotContain("Secret", names);
        Assert.DoesNotContain("NoParameter", names);
        Assert.Contains("StorePath", names);
    }

    [Fact]
    public void A_switch_has_no_value_in_the_syntax()
    {
        var parameters = Cmdlet("Remove-SampleCrate").Element(Command + "syntax")!.Descendants(Command + "parameter")
            .Where(parameter => parameter.Element(Maml + "name")!.Value is "Force" or "WhatIf").ToArray();

        Assert.Equal(6, parameters.Length);
        Assert.All(parameters, parameter => Assert.Null(parameter.Element(Command + "parameterValue")));
    }

    [Fact]
    public void Links_lead_to_the_reference_page_when_its_address_is_known()
    {
        Assert.Empty(Links("Test-SampleStore"));
        Assert.Equal(["Online Version: https://example.org/remove"], Links("Remove-SampleCrate"));
        Assert.Equal(
            ["Online Version: https://example.org/c.md#get-samplecrate", "Remove-SampleCrate https://example.org/c.md#remove-samplecrate",
                "Rules of crates https://example.org/crates", "https://example.org/ "],
            Links("Get-SampleCrate", "--online", "https://example.org/c.md"));
    }

    IEnumerable<string> Links(string cmdlet, params string[] more) =>
        Cmdlet(cmdlet, more).Descendants(Maml + "navigationLink")
            .Select(link => $"{link.Element(Maml + "linkText")!.Value} {link.Element(Maml + "uri")!.Value}");

    XElement Parameter(string cmdlet, string name) =>
        Cmdlet(cmdlet).Element(Command + "parameters")!.Elements().Single(parameter => parameter.Element(Maml + "name")!.Value == name);

    XElement Cmdlet(string name, params string[] more) =>
        Write(more).Elements().Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == name);

    XElement Write(params string[] more)
    {
        var exit = help.Write(change: null, more);
        Assert.Equal("", help.Errors);
        Assert.Equal(0, exit);
        return XDocument.Load(help.MamlPath).Root!;
    }
}
