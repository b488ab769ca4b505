namespace Decnet.HelpWriter.Help;

internal sealed record ExampleHelp(int Number, IReadOnlyList<Span> Title, string Code, IReadOnlyList<Block> Remarks);
