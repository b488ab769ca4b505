namespace Decnet.HelpWriter.Help;

/// <summary>One of the values that a parameter takes.</summary>
internal sealed record ValueHelp(string Name, IReadOnlyList<Span> Text);
