namespace Decnet.Fleet.Building;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>The names of the deckies of a request: those that are given, or numbered ones.</summary>
internal sealed class NameSource
{
    const string DefaultPrefix = "decky";

    readonly ValueList<string>? names;
    readonly string prefix;
    readonly HashSet<DeckyName> taken;
    readonly List<FleetIssue> issues;
    int number;

    internal NameSource(FleetRequest request, IEnumerable<Decky> foreign, List<FleetIssue> issues)
    {
        this.issues = issues;
        names = request.Names;
        prefix = request.NamePrefix ?? DefaultPrefix;
        taken = [.. request.ReservedNames, .. request.Existing.Concat(foreign).Select(decky => decky.Name)];
    }

    /// <summary>The name of the decky at a position; a name that does not fit is reported, and one that does stands in for it.</summary>
    internal bool TryNext(int position, int count, out DeckyName name)
    {
        if (names is not null)
        {
            name = default;
            return position < names.Count && Given(names[position], out name);
        }

        do
        {
            number++;
            if (!DeckyName.TryParse(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D2}"), out name))
            {
                ReportPrefix(count);
                return false;
            }
        }
        while (taken.Contains(name));

        return true;
    }

    bool Given(string text, out DeckyName name)
    {
        if (!DeckyName.TryParse(text, out name))
        {
            var suggestion = DeckyName.Suggest(text);
            issues.Add(FleetIssue.Error(
                "bad-name",
                $"'{text}' is not a decky name: it takes 1 to {DeckyName.MaxLength} lower-case letters, digits and hyphens, with a letter or digit at both ends.",
                $"'{suggestion}' would fit",
                text));
            name = DeckyName.Parse(suggestion);
        }

        return true;
    }

    void ReportPrefix(int count)
    {
        var room = DeckyName.MaxLength - count.ToString("D2", CultureInfo.InvariantCulture).Length - 1;
        var suggestion = DeckyName.Suggest(prefix);
        issues.Add(FleetIssue.Error(
            "bad-name",
            $"'{prefix}' cannot begin the names of {count} deckies: it takes 1 to {room} lower-case letters, digits and hyphens, beginning with a letter or digit.",
            $"'{suggestion[..Math.Min(room, suggestion.Length)]}' would fit",
            "name prefix"));
    }
}
