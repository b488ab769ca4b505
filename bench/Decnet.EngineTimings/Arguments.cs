namespace Decnet.EngineTimings;

using System.Globalization;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    internal const string Usage =
        """
        Usage: dotnet run -c Release --project bench/Decnet.EngineTimings -- [section ...] [options]

          pass scale kill add deploy lifecycle    what to measure (default: these)
          idle                                    a worker that has nothing to do; only when asked for, and with --decnetd

          --rounds N    how often each way of deploying 50 deckies is measured (default 2; 10 deckies: twice as often)
          --kills N     how many containers are killed in each mode (default 50)
          --decnetd PATH    the published program, for idle
          --minutes N   how long idle lasts (default 10)
          --check       exit code 1 when a goal is missed
          --help        this text

        The engine is the one that DECNET_TEST_ENGINE names: eval "$(eng/test-engine env)". It must be a private one without
        any container, and 198.18.245.0/24 must be free.
        """;

    static readonly string[] Usual = ["pass", "scale", "kill", "add", "deploy", "lifecycle"];
    static readonly string[] All = [.. Usual, "idle"];

    internal IReadOnlyList<string> Sections { get; private init; } = Usual;

    internal int Rounds { get; private init; } = 2;

    internal int Kills { get; private init; } = 50;

    internal string? Decnetd { get; private init; }

    internal int Minutes { get; private init; } = 10;

    internal bool Check { get; private init; }

    internal bool Help { get; private init; }

    /// <summary>Reads the command line; every word that is wrong gets a line in <paramref name="errors"/>.</summary>
    internal static Arguments Parse(IReadOnlyList<string> words, List<string> errors)
    {
        var arguments = new Arguments();
        var sections = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--help" or "-h":
                    arguments = arguments with { Help = true };
                    break;
                case "--check":
                    arguments = arguments with { Check = true };
                    break;
                case "--rounds":
                    arguments = arguments with { Rounds = Number(words, ++i, errors) };
                    break;
                case "--minutes":
                    arguments = arguments with { Minutes = Number(words, ++i, errors) };
                    break;
                case "--decnetd":
                    arguments = arguments with { Decnetd = ++i < words.Count ? words[i] : null };
                    break;
                case "--kills":
                    arguments = arguments with { Kills = Number(words, ++i, errors) };
                    break;
                case var section when All.Contains(section):
                    sections.Add(section);
                    break;
                case var other:
                    errors.Add($"'{other}' is neither a section nor an option.");
                    break;
            }
        }

        if (sections.Contains("idle") && !File.Exists(arguments.Decnetd))
        {
            errors.Add("idle needs --decnetd with the path of the published program: dotnet publish src/Decnet.Daemon -r linux-x64");
        }

        return sections.Count == 0 ? arguments : arguments with { Sections = [.. All.Where(sections.Contains)] };
    }

    static int Number(IReadOnlyList<string> words, int at, List<string> errors)
    {
        if (at < words.Count && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        errors.Add($"{words[at - 1]} needs a positive whole number.");
        return 1;
    }
}
