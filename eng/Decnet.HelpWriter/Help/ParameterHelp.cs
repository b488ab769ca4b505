namespace Decnet.HelpWriter.Help;

internal sealed record ParameterHelp
{
    /// <summary>So many values are spelled out where the parameter is used; more would hide the rest.</summary>
    const int MostValuesInSyntax = 10;

    public required string Name { get; init; }

    /// <summary>The type as PowerShell writes it.</summary>
    public required string TypeName { get; init; }

    public bool IsSwitch => TypeName == "SwitchParameter";

    public bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    public required IReadOnlyList<Block> Text { get; init; }

    public IReadOnlyList<Span> Default { get; init; } = [];

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<ValueHelp> Values { get; init; } = [];

    public bool Wildcards { get; init; }

    public required IReadOnlyList<ParameterPlace> Places { get; init; }

    /// <summary>Added by PowerShell, not by the cmdlet.</summary>
    public bool Automatic { get; init; }

    public bool Mandatory => Places.All(place => place.Mandatory);

    public bool ByValue => Places.Any(place => place.ByValue);

    public bool ByPropertyName => Places.Any(place => place.ByPropertyName);

    /// <summary>How objects from the pipeline are bound to it, if they are.</summary>
    public string Binding => (ByValue, ByPropertyName) switch
    {
        (true, true) => "by value or by property name",
        (true, false) => "by value",
        (false, true) => "by property name",
        _ => "",
    };

    public bool ValuesInSyntax => Values.Count is > 0 and <= MostValuesInSyntax;

    /// <summary>How the parameter is bound in a set, or <see langword="null"/> when the set does not have it.</summary>
    public ParameterPlace? In(string set) =>
        Places.FirstOrDefault(place => place.Set == set) ?? Places.FirstOrDefault(place => place.Set == ParameterPlace.EverySet);
}
