namespace Decnet.HelpWriter.Help;

/// <summary>A stretch of a paragraph: words, code, or a link (to a cmdlet, by its name, or to an address).</summary>
internal sealed record Span(SpanKind Kind, string Text, string? Target = null);

internal enum SpanKind
{
    Words,
    Code,
    Cmdlet,
    Address,
}
