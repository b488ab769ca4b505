namespace Decnet.HelpWriter.Reading;

using Decnet.HelpWriter.Help;

/// <summary>Sorts the parameters of a cmdlet into its parameter sets.</summary>
internal static class SyntaxReader
{
    /// <param name="parameters">All parameters of the cmdlet.</param>
    /// <param name="defaultSet">The set that PowerShell takes when the arguments fit several, or <see langword="null"/>.</param>
    internal static IReadOnlyList<SyntaxHelp> Read(IReadOnlyList<ParameterHelp> parameters, string? defaultSet)
    {
        var sets = parameters.SelectMany(parameter => parameter.Places).Select(place => place.Set)
            .Where(set => set != ParameterPlace.EverySet).Append(defaultSet ?? ParameterPlace.EverySet).Distinct(StringComparer.Ordinal).ToList();
        if (sets.Count > 1)
        {
            sets.Remove(ParameterPlace.EverySet);
        }

        return [.. sets.OrderBy(set => set != defaultSet).ThenBy(set => set, StringComparer.Ordinal)
            .Select(set => new SyntaxHelp(set, [.. Ordered(parameters, set)]))];
    }

    static IEnumerable<SyntaxParameter> Ordered(IReadOnlyList<ParameterHelp> parameters, string set) =>
        from parameter in parameters
        let place = parameter.In(set)
        where place is not null
        orderby parameter.Automatic, place.Position ?? int.MaxValue, !place.Mandatory
        select new SyntaxParameter(parameter, place);
}
