namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>Tells when the services of deckies rotate.</summary>
public static class MutationSchedule
{
    /// <summary>By which share of itself an interval varies: 0.1.</summary>
    public const double Jitter = 0.1;

    /// <summary>
    /// When the services of a decky rotate next: an interval after the last time, a tenth more or less. By how much depends on
    /// the decky and on that time alone, so that every process comes to the same answer, and a fleet that was built at once
    /// does not change at once.
    /// </summary>
    /// <param name="decky">The decky.</param>
    /// <returns>The time; null for a decky without an interval, which never rotates, and for one whose interval has not begun.</returns>
    public static DateTimeOffset? DueAt(Decky decky)
    {
        ArgumentNullException.ThrowIfNull(decky);
        return decky is { MutateInterval: { } interval, LastMutated: { } last }
            ? Later(last, interval * (1 + (Jitter * Vary(decky.Name, last))))
            : null;
    }

    internal static bool IsDue(Decky decky, DateTimeOffset now) => DueAt(decky) <= now;

    static DateTimeOffset Later(DateTimeOffset last, TimeSpan wait) => DateTimeOffset.MaxValue - last > wait ? last + wait : DateTimeOffset.MaxValue;

    /// <summary>A number from -1 to 1, the same for the same decky and time: FNV-1a over both.</summary>
    static double Vary(DeckyName name, DateTimeOffset last)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in name.Value)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (ulong)last.UtcTicks) * 1099511628211UL;
        hash ^= hash >> 32;
        return ((hash & 0xFFFFFF) * 2d / 0xFFFFFF) - 1;
    }
}
