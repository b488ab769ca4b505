namespace Decnet.Daemon.Output;

using System.Text.RegularExpressions;

/// <summary>Colours the words for states in a line for a terminal.</summary>
internal static partial class StateColours
{
    const string Reset = "\e[0m";

    internal static string Paint(string line) => Word().Replace(line, match => Colour(match.Value) + match.Value + Reset, count: 1);

    static string Colour(string word) => word switch
    {
        "running" or "succeeded" or "alive" => "\e[32m",
        "failed" or "teardown_failed" or "stale" => "\e[31m",
        _ => "\e[33m",
    };

    [GeneratedRegex(@"(?<=\s)(running|succeeded|alive|failed|teardown_failed|stale|degraded|pending|torn_down|tearing_down)(?=\s|$)")]
    private static partial Regex Word();
}
