namespace Decnet.HelpWriter.Tests.Writing;

using System.Text.RegularExpressions;
using Decnet.Testing;
using Xunit;

public sealed partial class MarkdownWriterTests : IDisposable
{
    readonly SampleHelp help = new();

    public void Dispose() => help.Dispose();

    [Fact]
    public void The_page_of_the_samples_is_the_golden_file() => GoldenFile.Verify("tests/Decnet.HelpWriter.Tests/Golden/cmdlets.md", Write());

    [Fact]
    public void No_line_ends_with_a_blank_and_no_two_empty_lines_follow_each_other()
    {
        var page = Write();

        Assert.DoesNotContain('\r', page);
        Assert.All(page.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        Assert.DoesNotContain("\n\n\n", page, StringComparison.Ordinal);
        Assert.EndsWith("\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_in_the_page_leads_to_a_section()
    {
        var page = Write();
        var sections = page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => $"#{line[3..].ToLowerInvariant()}").ToArray();

        var links = InnerLink().Matches(page).Select(link => link.Groups[1].Value).ToArray();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, sections));
    }

    string Write()
    {
        Assert.Equal(0, help.Write());
        return File.ReadAllText(help.MarkdownPath);
    }

    [GeneratedRegex(@"\]\((#[^)]*)\)")]
    private static partial Regex InnerLink();
}
