namespace Decnet.HelpWriter.Help;

/// <summary>A type that comes from the pipeline or goes into it.</summary>
internal sealed record TypeHelp(string Name, IReadOnlyList<Span> Text);
