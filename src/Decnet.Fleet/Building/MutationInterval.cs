namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Checks how often services rotate.</summary>
internal static class MutationInterval
{
    internal static void Check(TimeSpan? interval, ICollection<FleetIssue> issues, string target, int? line = null)
    {
        if (interval is { } value
            && (value < TimeSpan.FromMinutes(1) || value.Ticks % TimeSpan.TicksPerMinute != 0 || value.TotalMinutes > int.MaxValue))
        {
            issues.Add(FleetIssue.Error(
                "bad-interval",
                $"The interval of mutation is {value:c}, which is not a number of whole minutes from 1 on.",
                "give whole minutes, or nothing for no mutation",
                target,
                line));
        }
    }
}
