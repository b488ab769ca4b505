namespace Decnet.HelpWriter.Help;

/// <summary>What one <c>[Parameter]</c> says: how a parameter is bound in one parameter set.</summary>
internal sealed record ParameterPlace
{
    /// <summary>PowerShell's name for "in every set that has no place of its own".</summary>
    public const string EverySet = "__AllParameterSets";

    public string Set { get; init; } = EverySet;

    public bool Mandatory { get; init; }

    /// <summary>Position, from 0, or <see langword="null"/> for a parameter that must be named.</summary>
    public int? Position { get; init; }

    public bool ByValue { get; init; }

    public bool ByPropertyName { get; init; }

    public bool TakesTheRest { get; init; }
}
