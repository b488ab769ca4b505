namespace Decnet.HelpWriter.Help;

/// <summary>A part of a text, one below the other.</summary>
internal abstract record Block;

internal sealed record Paragraph(IReadOnlyList<Span> Spans) : Block;

internal sealed record CodeBlock(string Text) : Block;

/// <summary>A list; an item with a term explains that term.</summary>
internal sealed record ListBlock(bool Ordered, IReadOnlyList<ListItem> Items) : Block;

internal sealed record ListItem(IReadOnlyList<Span> Term, IReadOnlyList<Span> Text);
