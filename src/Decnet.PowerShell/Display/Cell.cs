namespace Decnet.PowerShell.Display;

using System.Collections;
using System.Globalization;
using System.Management.Automation;

/// <summary>Texts of the views in <c>Decnet.Format.ps1xml</c>. It is public because script blocks of views call it; scripts need not.</summary>
public static class Cell
{
    const int ShortLength = 12;

    /// <summary>How something is, in a colour that tells whether to worry.</summary>
    /// <param name="token">The state, status or outcome, such as <c>running</c>.</param>
    /// <param name="style">What <c>$PSStyle</c> is; null for a shell that has none, and then there is no colour.</param>
    /// <returns>The text. Whether colours are shown in the end is up to the shell's <c>OutputRendering</c>.</returns>
    public static string State(string? token, object? style)
    {
        if (string.IsNullOrEmpty(token))
        {
            return "";
        }

        var colour = style is null ? null : Colour(token, PSObject.AsPSObject(style));
        return colour is null ? token : colour + token + Value(style, "Reset");
    }

    /// <summary>A time span for people: <c>450 ms</c>, <c>4.2 s</c>, <c>3m</c>, <c>2h</c>, <c>5d</c>.</summary>
    /// <param name="span">The time span; null for none.</param>
    /// <returns>The text; empty for none.</returns>
    public static string Span(TimeSpan? span) => span switch
    {
        null => "",
        { Ticks: < 0 } => "0 ms",
        { TotalMilliseconds: < 1000 } some => Text($"{some.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } some => Text($"{some.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } some => Text($"{Math.Floor(some.TotalSeconds)} s"),
        { TotalHours: < 1 } some => Text($"{some.Minutes}m"),
        { TotalDays: < 1 } some => Text($"{some.Hours}h"),
        { } some => Text($"{some.Days}d"),
    };

    /// <summary>How long ago something was; seconds are enough for it.</summary>
    /// <param name="age">The time span; null for never.</param>
    /// <returns>The text; empty for never.</returns>
    public static string Age(TimeSpan? age) =>
        age is { TotalMinutes: < 1 } young ? Text($"{Math.Max(0, Math.Floor(young.TotalSeconds))}s") : Span(age);

    /// <summary>A moment in the time zone of the shell.</summary>
    /// <param name="moment">The moment; null for none.</param>
    /// <returns>The text; empty for none.</returns>
    public static string Time(DateTimeOffset? moment) =>
        moment?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Several things on one line.</summary>
    /// <param name="items">The things; null for none.</param>
    /// <returns>The text.</returns>
    public static string List(IEnumerable? items) => string.Join(", ", Texts(items));

    /// <summary>Several things on a line each.</summary>
    /// <param name="items">The things; null for none.</param>
    /// <returns>The text.</returns>
    public static string Lines(IEnumerable? items) => string.Join('\n', Texts(items));

    /// <summary>How many of what: <c>degraded 1, running 3</c>.</summary>
    /// <param name="counts">The numbers by what they count; null for none.</param>
    /// <returns>The text.</returns>
    public static string Counts(IDictionary? counts)
    {
        var parts = new List<string>();
        foreach (DictionaryEntry entry in counts ?? new Hashtable())
        {
            parts.Add(Text($"{entry.Key} {entry.Value}"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>The beginning of a text that is too long to be read, such as a fingerprint.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>The beginning.</returns>
    public static string Short(string? text) => text is { Length: > ShortLength } ? text[..ShortLength] : text ?? "";

    static string? Colour(string token, PSObject style) => token switch
    {
        "running" or "succeeded" or "alive" or "active" or "done" or "Good" => Foreground(style, "Green"),
        "degraded" or "pending" or "stale" or "silent" or "tearing_down" or "skipped" or "held" => Foreground(style, "Yellow"),
        "failed" or "teardown_failed" or "lost" => Foreground(style, "Red"),
        "torn_down" or "stopped" or "exited" => Value(style, "Dim"),
        _ => null,
    };

    static string? Foreground(PSObject style, string name) => style.Properties["Foreground"]?.Value is { } colours ? Value(colours, name) : null;

    static string? Value(object? holder, string name) => PSObject.AsPSObject(holder).Properties[name]?.Value as string;

    static IEnumerable<string> Texts(IEnumerable? items) =>
        items is string text ? [text] : items?.Cast<object?>().Select(item => item?.ToString() ?? "") ?? [];

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
