namespace Decnet.HelpWriter.Tests.Writing;

using Decnet.HelpWriter.Help;
using Decnet.HelpWriter.Writing;
using Xunit;

public sealed class MarkdownProseTests
{
    [Theory]
    [InlineData("a_b", "a_b")]
    [InlineData("_a_", @"\_a\_")]
    [InlineData("2 * [x] < `y` | z", @"2 \* \[x\] \< \`y\` \| z")]
    [InlineData("R&D &amp; &#60;", @"R&D \&amp; \&#60;")]
    [InlineData("- no list", @"\- no list")]
    [InlineData("# no heading", @"\# no heading")]
    [InlineData("1. no list", @"1\. no list")]
    [InlineData("-Name is a parameter", "-Name is a parameter")]
    [InlineData("10.5 seconds", "10.5 seconds")]
    public void Words_mean_themselves(string words, string markdown) =>
        Assert.Equal(markdown, MarkdownProse.Line([new Span(SpanKind.Words, words)]));

    [Theory]
    [InlineData("*", "`*`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    public void Code_is_never_cut_short(string code, string markdown) => Assert.Equal(markdown, MarkdownProse.Code(code));
}
