namespace Decnet.HelpWriter.Help;

/// <summary>All that help says about one cmdlet.</summary>
internal sealed record CmdletHelp
{
    public required string Verb { get; init; }

    public required string Noun { get; init; }

    public string Name => $"{Verb}-{Noun}";

    /// <summary>Full name of the class, to name it in complaints.</summary>
    public required string ClassName { get; init; }

    public required IReadOnlyList<Span> Synopsis { get; init; }

    public required IReadOnlyList<Block> Description { get; init; }

    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Parameters by name, those that PowerShell adds last.</summary>
    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    /// <summary>The parameter sets, the default one first.</summary>
    public required IReadOnlyList<SyntaxHelp> Syntax { get; init; }

    public required IReadOnlyList<TypeHelp> Inputs { get; init; }

    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    public required IReadOnlyList<Span> Links { get; init; }

    /// <summary>What <c>Get-Help -Online</c> opens, or <see langword="null"/>.</summary>
    public string? Online { get; init; }
}
