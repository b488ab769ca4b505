namespace Decnet.HelpWriter.Writing;

using System.Xml.Linq;
using Decnet.HelpWriter.Help;

/// <summary>Texts as the elements that <c>Get-Help</c> knows: paragraphs, lists and lists of terms.</summary>
internal static class MamlProse
{
    internal static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    internal static string Plain(IEnumerable<Span> spans) => string.Concat(spans.Select(span => span switch
    {
        { Kind: SpanKind.Address, Target: { } target } when target != span.Text => $"{span.Text} ({target})",
        _ => span.Text,
    }));

    internal static XElement Paragraph(string text) => new(Maml + "para", text);

    /// <summary>Get-Help puts nothing between a list and what follows; an empty paragraph makes the gap.</summary>
    internal static IEnumerable<XElement> Elements(IReadOnlyList<Block> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            yield return Element(blocks[i]);
            if (blocks[i] is ListBlock && i + 1 < blocks.Count)
            {
                yield return Paragraph("");
            }
        }
    }

    static XElement Element(Block block) => block switch
    {
        Paragraph paragraph => Paragraph(Plain(paragraph.Spans)),
        CodeBlock code => Paragraph(code.Text),
        ListBlock list when list.Items.All(item => item.Term.Count > 0) => new XElement(Maml + "definitionList", list.Items.Select(Definition)),
        ListBlock list => new XElement(
            Maml + "list",
            new XAttribute("class", list.Ordered ? "ordered" : "bullet"),
            list.Items.Select(item => new XElement(Maml + "listItem", Paragraph(Line(item))))),
        _ => throw new InvalidOperationException($"A block of an unknown kind: {block.GetType().Name}."),
    };

    static XElement Definition(ListItem item) => new(
        Maml + "definitionListItem",
        new XElement(Maml + "term", Plain(item.Term)),
        new XElement(Maml + "definition", Paragraph(Plain(item.Text))));

    static string Line(ListItem item) => item.Term.Count > 0 ? $"{Plain(item.Term)}: {Plain(item.Text)}" : Plain(item.Text);
}
