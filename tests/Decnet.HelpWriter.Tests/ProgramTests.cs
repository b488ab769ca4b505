namespace Decnet.HelpWriter.Tests;

using System.Xml.Linq;
using Decnet.Testing;
using Xunit;

public sealed class ProgramTests : IDisposable
{
    const string Samples = "Decnet.HelpWriter.Tests.Samples";

    readonly SampleHelp help = new();

    public void Dispose() => help.Dispose();

    [Fact]
    public void All_that_is_missing_is_told_at_once_and_nothing_is_written()
    {
        var exit = help.Write(comments =>
        {
            Member(comments, $"T:{Samples}.GetSampleCrateCommand").Elements("summary").Remove();
            Member(comments, $"T:{Samples}.GetSampleCrateCommand").Elements("example").Last().Elements("code").Remove();
            Member(comments, $"T:{Samples}.RemoveSampleCrateCommand").Elements("remarks").Remove();
            Member(comments, $"T:{Samples}.TestSampleStoreCommand").Elements("example").Remove();
            Member(comments, $"P:{Samples}.StoreCommand`1.StorePath").Element("summary")!.Value = " \n ";
            Member(comments, $"P:{Samples}.RemoveSampleCrateCommand.Force").Remove();
        });

        Assert.Equal(Program.Incomplete, exit);
        Assert.Equal(
            [
                $"Get-SampleCrate has no synopsis: the class {Samples}.GetSampleCrateCommand needs a <summary>.",
                "Get-SampleCrate: example 2 has no commands; it needs <code>.",
                "Get-SampleCrate: the parameter -StorePath has no text; its property needs a <summary>.",
                $"Remove-SampleCrate has no description: the class {Samples}.RemoveSampleCrateCommand needs <remarks>.",
                "Remove-SampleCrate: the parameter -Force has no text; its property needs a <summary>.",
                "Remove-SampleCrate: the parameter -StorePath has no text; its property needs a <summary>.",
                $"Test-SampleStore has no example: the class {Samples}.TestSampleStoreCommand needs an <example> with <code>.",
            ],
            help.Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace("Decnet.HelpWriter : error HELP1: ", "", StringComparison.Ordinal)));
        Assert.False(File.Exists(help.MamlPath));
        Assert.False(File.Exists(help.MarkdownPath));
    }

    [Fact]
    public void Types_of_another_assembly_are_explained_by_its_documentation_file()
    {
        static void Forget(XDocument comments) => comments.Descendants("member")
            .Where(member => member.Attribute("name")!.Value.Contains(".CrateState", StringComparison.Ordinal)).Remove();

        Assert.Equal(Program.Written, help.Write());
        var whole = File.ReadAllText(help.MamlPath);
        Assert.Equal(Program.Written, help.Write(Forget));
        var without = File.ReadAllText(help.MamlPath);
        Assert.Equal(Program.Written, help.Write(Forget, "--xml", SampleHelp.Xml));

        Assert.Contains("<maml:para>Values: Stored, Shipped, Lost.</maml:para>", without, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllText(help.MamlPath));
    }

    [Fact]
    public void Either_file_is_optional()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(Program.Written, help.Run("--assembly", SampleHelp.Assembly, "--xml", SampleHelp.Xml, "--markdown", folder.File("page.md")));

        Assert.Equal([folder.File("page.md")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Assemblies_that_the_cmdlets_need_are_found_in_the_references()
    {
        using var folder = new TemporaryFolder();
        File.Copy(SampleHelp.Assembly, folder.File("Samples.dll"));
        string[] arguments = ["--assembly", folder.File("Samples.dll"), "--xml", SampleHelp.Xml, "--maml", folder.File("help.xml")];

        var alone = help.Run(arguments);
        var complaint = help.Errors;
        var withThem = help.Run([.. arguments, "--references", folder.Path, AppContext.BaseDirectory]);

        Assert.Equal((Program.Failed, Program.Written), (alone, withThem));
        Assert.StartsWith("Decnet.HelpWriter : error HELP2: ", complaint, StringComparison.Ordinal);
        Assert.Contains("--references does not name", complaint, StringComparison.Ordinal);
        Assert.Contains("System.Management.Automation", complaint, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("help.xml")));
    }

    [Fact]
    public void An_assembly_without_cmdlets_is_an_error()
    {
        Assert.Equal(Program.Failed, help.Run("--assembly", typeof(GoldenFile).Assembly.Location, "--xml", SampleHelp.Xml));

        Assert.Contains("has no cmdlets", help.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--assembly is missing", "--xml", "x.xml")]
    [InlineData("--xml is missing", "--assembly", "x.dll")]
    [InlineData("--xml is missing", "--assembly", "x.dll", "--xml")]
    [InlineData("--maml takes one value", "--assembly", "x.dll", "--xml", "x.xml", "--maml")]
    [InlineData("--maml takes one value", "--assembly", "x.dll", "--xml", "x.xml", "--maml", "a", "b")]
    [InlineData("There is no option '--html'", "--html", "x.html")]
    [InlineData("'x.dll' belongs to no option", "x.dll")]
    public void Wrong_arguments_are_told_with_the_usage(string complaint, params string[] arguments)
    {
        Assert.Equal(Program.Failed, help.Run(arguments));

        Assert.Contains(complaint, help.Errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", help.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--assembly", "no-such.dll")]
    [InlineData("--xml", "no-such.xml")]
    [InlineData("--references", "no-such-folder")]
    public void A_missing_file_is_named(string option, string path)
    {
        var arguments = new Dictionary<string, string> { ["--assembly"] = SampleHelp.Assembly, ["--xml"] = SampleHelp.Xml, [option] = path };

        Assert.Equal(Program.Failed, help.Run([.. arguments.SelectMany(argument => new[] { argument.Key, argument.Value })]));

        Assert.Contains(path, help.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", help.Errors, StringComparison.Ordinal);
    }

    static XElement Member(XDocument comments, string id) => comments.Descendants("member").Single(member => member.Attribute("name")!.Value == id);
}
