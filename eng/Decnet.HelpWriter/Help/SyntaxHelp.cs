namespace Decnet.HelpWriter.Help;

/// <summary>One parameter set, its parameters in the order in which they are shown.</summary>
internal sealed record SyntaxHelp(string Set, IReadOnlyList<SyntaxParameter> Parameters);

internal sealed record SyntaxParameter(ParameterHelp Parameter, ParameterPlace Place);
