namespace QuickStart;

using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    internal const string Usage =
        """
        Usage: dotnet run --project samples/QuickStart -- [options]

          --ini PATH    the fleet to build; without it, an embedded lab of eight decoys
          --seed N      what chance starts from, so that a run can be repeated (default 42)
          --docker      deploy real containers on the Docker engine that the docker command would use, on a bridge network
          --keep DIR    keep the state folder there instead of a temporary one; with --docker keep the containers, too
          --help        this text

        Exit codes: 0 done, 1 failure, 2 bad input.
        """;

    internal string? Ini { get; private init; }

    internal int Seed { get; private init; } = 42;

    internal string? Keep { get; private init; }

    internal bool Docker { get; private init; }

    internal bool Help { get; private init; }

    /// <summary>Reads the command line; every word that is wrong gets a line in <paramref name="errors"/>.</summary>
    internal static Arguments Parse(IReadOnlyList<string> words, List<string> errors)
    {
        var arguments = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word is "--help" or "-h")
            {
                arguments = arguments with { Help = true };
                continue;
            }

            if (word == "--docker")
            {
                arguments = arguments with { Docker = true };
                continue;
            }

            if (word is not ("--ini" or "--seed" or "--keep"))
            {
                errors.Add($"'{word}' is not an option.");
                continue;
            }

            if (++i == words.Count)
            {
                errors.Add($"{word} needs a value.");
                break;
            }

            arguments = arguments.With(word, words[i], errors);
        }

        return arguments;
    }

    Arguments With(string option, string value, List<string> errors)
    {
        if (option == "--ini")
        {
            return this with { Ini = value };
        }

        if (option == "--keep")
        {
            return this with { Keep = value };
        }

        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            return this with { Seed = seed };
        }

        errors.Add($"--seed takes a whole number, not '{value}'.");
        return this;
    }
}
