namespace Decnet.Fleet.Building;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>
/// How often services rotate, as descriptions say it: whole minutes, <see cref="Never"/>, or null where they say nothing.
/// </summary>
internal static class MutationInterval
{
    internal static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    /// <summary>What a decky gets: the first interval that is given, null for never.</summary>
    internal static TimeSpan? Decide(params ReadOnlySpan<TimeSpan?> given)
    {
        foreach (var interval in given)
        {
            if (interval is not null)
            {
                return interval == Never ? null : interval;
            }
        }

        return null;
    }

    internal static string Text(TimeSpan interval) =>
        interval == Never ? "off" : string.Create(CultureInfo.InvariantCulture, $"{interval.TotalMinutes} minutes");

    internal static void Check(TimeSpan? interval, ICollection<FleetIssue> issues, string target, int? line = null)
    {
        if (interval is { } value
            && value != Never
            && (value < TimeSpan.FromMinutes(1) || value.Ticks % TimeSpan.TicksPerMinute != 0 || value.TotalMinutes > int.MaxValue))
        {
            issues.Add(FleetIssue.Error(
                "bad-interval",
                $"The interval of mutation is {value:c}, which is not a number of whole minutes from 1 on.",
                "give whole minutes, or an infinite time for no mutation",
                target,
                line));
        }
    }
}
