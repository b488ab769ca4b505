namespace Decnet.HelpWriter.Reading;

using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Turns XML comments into paragraphs, lists and code.</summary>
internal sealed partial class ProseReader(Func<string, Span> named)
{
    static readonly string[] Blocks = ["para", "list", "code"];

    /// <summary>The text of an element as blocks; words outside of a paragraph are one.</summary>
    internal IReadOnlyList<Block> Read(XElement? element)
    {
        var blocks = new List<Block>();
        var loose = new List<Span>();
        foreach (var node in element?.Nodes() ?? [])
        {
            if (node is XElement block && Blocks.Contains(block.Name.LocalName))
            {
                AddParagraph(blocks, loose);
                blocks.AddRange(ReadBlock(block));
            }
            else
            {
                loose.AddRange(Spans(node));
            }
        }

        AddParagraph(blocks, loose);
        return blocks;
    }

    /// <summary>The text of an element as one line; paragraphs in it are put together.</summary>
    internal IReadOnlyList<Span> ReadLine(XElement? element) => Tidy((element?.Nodes() ?? []).SelectMany(Spans));

    /// <summary>Code without the indentation and the empty lines that the comment has around it.</summary>
    internal static string Code(XElement element)
    {
        var lines = element.Value.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        lines.RemoveRange(0, Math.Max(lines.FindIndex(line => line.Length > 0), 0));
        lines.RemoveRange(lines.FindLastIndex(line => line.Length > 0) + 1, lines.Count - lines.FindLastIndex(line => line.Length > 0) - 1);
        var indentation = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indentation..] : line));
    }

    IEnumerable<Block> ReadBlock(XElement block)
    {
        switch (block.Name.LocalName)
        {
            case "code":
                return [new CodeBlock(Code(block))];
            case "list":
                var items = block.Elements("item").Select(Item).ToArray();
                return items.Length > 0 ? [new ListBlock((string?)block.Attribute("type") == "number", items)] : [];
            default:
                return Read(block);
        }
    }

    ListItem Item(XElement item) =>
        item.Element("description") is { } description
            ? new ListItem(ReadLine(item.Element("term")), ReadLine(description))
            : new ListItem([], ReadLine(item));

    IEnumerable<Span> Spans(XNode node) => node switch
    {
        XText text => [new Span(SpanKind.Words, text.Value)],
        XElement element => Spans(element),
        _ => [],
    };

    IEnumerable<Span> Spans(XElement element)
    {
        var inside = Space().Replace(element.Value, " ").Trim();
        switch (element.Name.LocalName)
        {
            case "c":
                return [new Span(SpanKind.Code, inside)];
            case "paramref" or "typeparamref":
                return [new Span(SpanKind.Code, (string?)element.Attribute("name") ?? inside)];
            case "br":
                return [new Span(SpanKind.Words, " ")];
            case "para" or "item" or "description":
                return [new Span(SpanKind.Words, " "), .. element.Nodes().SelectMany(Spans), new Span(SpanKind.Words, " ")];
            case "see" or "seealso" or "a":
                return [Reference(element, inside)];
            default:
                return element.Nodes().SelectMany(Spans);
        }
    }

    internal Span Reference(XElement element, string inside)
    {
        if ((string?)element.Attribute("langword") is { } word)
        {
            return new Span(SpanKind.Code, word is "true" or "false" or "null" ? $"${word}" : word);
        }

        if ((string?)element.Attribute("href") is { } address)
        {
            return new Span(SpanKind.Address, inside.Length > 0 ? inside : address, address);
        }

        var span = named((string?)element.Attribute("cref") ?? inside);
        return inside.Length > 0 ? span with { Text = inside } : span;
    }

    static void AddParagraph(List<Block> blocks, List<Span> loose)
    {
        if (Tidy(loose) is { Count: > 0 } spans)
        {
            blocks.Add(new Paragraph(spans));
        }

        loose.Clear();
    }

    /// <summary>Joins words, and makes each stretch of white space one blank, with none at either end.</summary>
    static IReadOnlyList<Span> Tidy(IEnumerable<Span> spans)
    {
        var tidy = new List<Span>();
        foreach (var span in spans)
        {
            if (span.Kind == SpanKind.Words && tidy is [.., { Kind: SpanKind.Words } last])
            {
                tidy[^1] = last with { Text = Space().Replace(last.Text + span.Text, " ") };
            }
            else
            {
                tidy.Add(span with { Text = Space().Replace(span.Text, " ") });
            }
        }

        if (tidy is [{ Kind: SpanKind.Words } first, ..])
        {
            tidy[0] = first with { Text = first.Text.TrimStart() };
        }

        if (tidy is [.., { Kind: SpanKind.Words } end])
        {
            tidy[^1] = end with { Text = end.Text.TrimEnd() };
        }

        tidy.RemoveAll(span => span.Text.Length == 0);
        return tidy;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
