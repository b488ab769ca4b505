namespace Decnet.Daemon.Output;

using System.Globalization;

/// <summary>Times as they are printed: UTC, ISO 8601.</summary>
internal static class TimeText
{
    /// <summary>With milliseconds, for programs: <c>2026-01-31T12:00:00.000Z</c>.</summary>
    internal static string Full(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>To the second, for people: <c>2026-01-31 12:00:00Z</c>.</summary>
    internal static string Short(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>How long something took or lasts: <c>0.4 s</c>, <c>12 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    internal static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(span.TotalSeconds, 0):0.0} s"),
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} d"),
    };
}
