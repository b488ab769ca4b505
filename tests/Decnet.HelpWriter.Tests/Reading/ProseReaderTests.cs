namespace Decnet.HelpWriter.Tests.Reading;

using System.Xml.Linq;
using Decnet.HelpWriter.Help;
using Decnet.HelpWriter.Reading;
using Decnet.HelpWriter.Writing;
using Xunit;

public sealed class ProseReaderTests
{
    readonly ProseReader reader = new(cref => new Span(SpanKind.Code, cref));

    [Fact]
    public void White_space_around_and_between_words_and_code_becomes_one_blank()
    {
        var blocks = Read("<r>\n  one\n  <c>two</c> <c>three</c>,\n four<b>s</b> \n</r>");

        Assert.Equal("one `two` `three`, fours", Assert.Single(blocks.Split("\n\n")));
    }

    [Fact]
    public void Words_around_paragraphs_are_paragraphs() => Assert.Equal("one\n\ntwo\n\nthree", Read("<r>one<para>two</para>three<para> </para></r>"));

    [Fact]
    public void Code_keeps_its_inner_indentation_only() =>
        Assert.Equal("if ($x) {\n    $y\n\n}", ProseReader.Code(XElement.Parse("<code>\r\n\r\n    if ($x) {  \r\n        $y\r\n\r\n    }\r\n    </code>")));

    [Fact]
    public void Empty_code_is_empty() => Assert.Equal("", ProseReader.Code(XElement.Parse("<code> \n \n</code>")));

    [Fact]
    public void Keywords_are_those_of_the_shell() =>
        Assert.Equal("`$null`, `$true`, `static`", Read("<r><see langword='null'/>, <see langword='true'/>, <see langword='static'/></r>"));

    [Fact]
    public void References_with_words_show_the_words() =>
        Assert.Equal("`it` and [the page](https://example.org)", Read("<r><see cref='T:X'>it</see> and <see href='https://example.org'>the page</see></r>"));

    string Read(string xml) => MarkdownProse.Text(reader.Read(XElement.Parse(xml, LoadOptions.PreserveWhitespace)));
}
