namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Fleet.Model;

/// <summary>The names of deckies on the command line, or <c>--all</c>; one of them has to be there.</summary>
internal sealed class DeckySelection
{
    readonly Argument<DeckyName[]> names;
    readonly Option<bool> all;

    internal DeckySelection(string whatForAll)
    {
        names = Argument("The deckies.");
        all = new Option<bool>("--all") { Description = whatForAll };
    }

    internal static Argument<DeckyName[]> Argument(string description, bool required = false) => new("NAME")
    {
        Description = description,
        Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        CustomParser = Values.Names,
        DefaultValueFactory = static _ => [],
    };

    internal void AddTo(Command command)
    {
        command.Add(names);
        command.Add(all);
        command.Validators.Add(result =>
        {
            var given = result.GetResult(names) is { Tokens.Count: > 0 };
            if (given == result.GetValue(all))
            {
                result.AddError(given ? "Give names or --all, not both." : "Give the names of deckies, or --all.");
            }
        });
    }

    /// <summary>The names; none for the whole fleet.</summary>
    internal DeckyName[] Names(ParseResult arguments) => arguments.GetValue(names) ?? [];

    internal bool All(ParseResult arguments) => arguments.GetValue(all);
}
