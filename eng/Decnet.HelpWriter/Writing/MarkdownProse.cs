namespace Decnet.HelpWriter.Writing;

using System.Text.RegularExpressions;
using Decnet.HelpWriter.Help;

/// <summary>Texts in Markdown: a paragraph is one line.</summary>
internal static partial class MarkdownProse
{
    internal static string Line(IEnumerable<Span> spans) => LineStart().Replace(string.Concat(spans.Select(Text)), @"$1\$2");

    /// <summary>The blocks with an empty line between them.</summary>
    internal static string Text(IEnumerable<Block> blocks) => string.Join("\n\n", blocks.Select(Text));

    internal static string Fence(string code, string language) => $"```{language}\n{code}\n```";

    /// <summary>Moves all lines but the first to the right, below the text of a list item.</summary>
    internal static string Hang(string text) => LineBreak().Replace(text, "\n  ");

    /// <summary>Code of any content, in as many backticks as it takes.</summary>
    internal static string Code(string text)
    {
        var ticks = new string('`', 1 + Ticks().Matches(text).Select(match => match.Length).DefaultIfEmpty().Max());
        var gap = text.StartsWith('`') || text.EndsWith('`') ? " " : "";
        return $"{ticks}{gap}{text}{gap}{ticks}";
    }

    static string Text(Block block) => block switch
    {
        Paragraph paragraph => Line(paragraph.Spans),
        CodeBlock code => Fence(code.Text, "powershell"),
        ListBlock list => string.Join('\n', list.Items.Select((item, index) => Item(item, list.Ordered ? $"{index + 1}." : "-"))),
        _ => throw new InvalidOperationException($"A block of an unknown kind: {block.GetType().Name}."),
    };

    static string Item(ListItem item, string mark) =>
        item.Term.Count > 0 ? $"{mark} **{Line(item.Term)}**: {Line(item.Text)}" : $"{mark} {Line(item.Text)}";

    static string Text(Span span) => span.Kind switch
    {
        SpanKind.Code => Code(span.Text),
        SpanKind.Cmdlet => $"[{Escaped(span.Text)}]({Anchors.Of(span.Target!)})",
        SpanKind.Address => span.Text == span.Target ? $"<{span.Target}>" : $"[{Escaped(span.Text)}]({span.Target})",
        _ => Escaped(span.Text),
    };

    static string Escaped(string text) => Special().Replace(text, @"\$0");

    /// <summary>An underscore within a word, and an ampersand that starts no entity, mean nothing.</summary>
    [GeneratedRegex(@"[\\`*\[\]<>|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")]
    private static partial Regex Special();

    [GeneratedRegex(@"^(\d*)([-+#](?=[\s#])|(?<=\d)[.)](?=\s))")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\n(?=[^\n])")]
    private static partial Regex LineBreak();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();
}
