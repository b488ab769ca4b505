namespace Decnet.Fleet.Building.Ini;

using System.Globalization;
using System.Net;
using Decnet.Fleet.Model;

/// <summary>Reads the known keys of one section, typed, and reports the others. A blank value counts as not written.</summary>
internal sealed class IniSectionKeys
{
    readonly IniSection section;
    readonly IniReading reading;
    readonly string[] known;
    readonly IniEntry?[] entries;

    internal IniSectionKeys(IniSection section, string[] known, IniReading reading)
    {
        this.section = section;
        this.reading = reading;
        this.known = known;
        entries = new IniEntry?[known.Length];
        foreach (var entry in section.Entries)
        {
            var at = Array.IndexOf(known, entry.Key);
            at = at < 0 ? Array.IndexOf(known, entry.Key.Replace('-', '_')) : at;
            if (at < 0)
            {
                ReportUnknown(entry);
            }
            else
            {
                entries[at] = entries[at] is { } earlier ? Choose(known[at], earlier, entry) : entry;
            }
        }
    }

    /// <summary>The lines of the keys by their name with underscores.</summary>
    internal ValueMap<int> Lines
    {
        get
        {
            var lines = new List<KeyValuePair<string, int>>(known.Length);
            for (var i = 0; i < known.Length; i++)
            {
                if (entries[i] is { } entry)
                {
                    lines.Add(KeyValuePair.Create(known[i], entry.Line));
                }
            }

            return lines.Count == 0 ? ValueMap<int>.Empty : new ValueMap<int>(lines);
        }
    }

    internal IniEntry? Find(string key) => entries[Array.IndexOf(known, key)];

    /// <summary>A key that has a value; a blank one is reported.</summary>
    internal IniEntry? Written(string key)
    {
        if (Find(key) is not { Value.Length: 0 } blank)
        {
            return Find(key);
        }

        reading.Issues.Warning(
            FleetIniIssueCode.BlankValue, blank.Line, Target(blank), $"'{key}' is blank and counts as not written", "give it a value or remove it");
        return null;
    }

    internal bool Has(string key) => Find(key) is { Value.Length: > 0 };

    /// <summary>A value of one line, or null.</summary>
    internal string? Text(string key)
    {
        if (Written(key) is not { } entry)
        {
            return null;
        }

        if (!entry.Value.Contains('\n'))
        {
            return entry.Value;
        }

        Error(
            FleetIniIssueCode.ContinuedValue, entry, $"line {entry.ContinuationLine} is indented, so it continues the value of '{key}'",
            $"remove the indentation of line {entry.ContinuationLine}");
        return null;
    }

    /// <summary>A list, separated by commas and line ends, or null.</summary>
    internal ValueList<string>? List(string key)
    {
        if (Written(key) is not { } entry)
        {
            return null;
        }

        var elements = new List<string>();
        var parts = entry.Value.Split(',', StringSplitOptions.TrimEntries);
        foreach (var part in parts)
        {
            elements.AddRange(part.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        if (Array.IndexOf(parts, "") is var empty and >= 0)
        {
            var count = parts.Count(part => part.Length == 0);
            var place = empty == parts.Length - 1 ? "after the last comma" : $"at place {empty + 1}";
            Error(
                FleetIniIssueCode.EmptyElement, entry,
                $"'{key}' has an empty element {place}" + (count == 1 ? "" : $", and {count - 1} more"), "remove the comma");
        }

        return [.. elements];
    }

    internal IPAddress? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (IPv4.TryParse(text, out var number))
        {
            return IPv4.FromNumber(number);
        }

        Error(
            FleetIniIssueCode.InvalidAddress, Find(key)!, $"{IniText.Show(text)} is not an IPv4 address",
            "write four numbers from 0 to 255 without leading zeros, such as 192.168.1.20");
        return null;
    }

    internal MacAddress? MacAddress(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Model.MacAddress.TryParse(text, out var address))
        {
            return address;
        }

        Error(
            FleetIniIssueCode.InvalidMac, Find(key)!, $"{IniText.Show(text)} is not a MAC address that a host can have",
            "write six pairs of hexadecimal digits, the first one even, such as 00:0c:29:4f:8a:11");
        return null;
    }

    internal HostId? Host(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (HostId.TryParse(text, out var host))
        {
            return host;
        }

        Error(
            FleetIniIssueCode.InvalidHost, Find(key)!, $"{IniText.Show(text)} cannot be a host",
            "write the name under which the host was enrolled: 1 to 63 letters, digits, hyphens and underscores");
        return null;
    }

    /// <summary>An interval of rotation, or null.</summary>
    internal TimeSpan? Interval(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            return MutationInterval.Never;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes >= 1)
        {
            return TimeSpan.FromMinutes(minutes);
        }

        Error(
            FleetIniIssueCode.InvalidInterval, Find(key)!, $"{IniText.Show(text)} is not an interval",
            $"write whole minutes from 1 on, such as '{key} = 30', or '{key} = off' for no rotation");
        return null;
    }

    internal void Error(string code, IniEntry entry, string message, string? fix) =>
        reading.Issues.Error(code, entry.Line, Target(entry), message, fix);

    IniEntry Choose(string key, IniEntry earlier, IniEntry entry)
    {
        var (underscore, hyphen) = entry.Key == key ? (entry, earlier) : (earlier, entry);
        var winner = underscore.Value.Length > 0 ? underscore : hyphen;
        reading.Issues.Warning(
            FleetIniIssueCode.TwoSpellings, entry.Line, Target(entry),
            $"'{entry.Key}' and '{earlier.Key}' (line {earlier.Line}) are the same key; '{winner.Key}' is used", $"keep '{key}' alone");
        return winner;
    }

    void ReportUnknown(IniEntry entry)
    {
        var instead = IniKeys.Instead(entry.Key, known, reading);
        reading.Issues.Warning(
            FleetIniIssueCode.UnknownKey, entry.Line, Target(entry),
            $"the key {IniText.Show(entry.Key)} means nothing in [{IniText.Shorten(section.Name)}] and is ignored",
            instead is null ? $"the keys are {string.Join(", ", known)}" : $"did you mean '{instead}'?");
    }

    string Target(IniEntry entry) => IniText.Target(section.Name, entry.Key);
}
