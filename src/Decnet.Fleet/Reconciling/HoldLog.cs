namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;

/// <summary>
/// Tells of what passes hold: once when that begins or its reason changes, and once when it is over. Passes come every few seconds, and
/// most of what holds them lasts longer.
/// </summary>
internal sealed class HoldLog(ILogger logger)
{
    /// <summary>What is held now, by what it is and whom it concerns.</summary>
    Dictionary<Matter, Told> told = [];

    /// <param name="holds">What the pass held, all of it.</param>
    /// <param name="hasRows">Whether there is anything that a missing fleet file could have had.</param>
    internal void Tell(IReadOnlyList<PlanHold> holds, bool hasRows)
    {
        if (holds.Count == 0 && told.Count == 0)
        {
            return;
        }

        var now = new Dictionary<Matter, Told>(holds.Count);
        foreach (var hold in holds)
        {
            var matter = Matter.Of(hold);

            // The time of the next attempt may move without anything having happened.
            var timeless = hold with { Until = null };
            var level = LevelOf(hold.Kind, hasRows);
            if (told.TryGetValue(matter, out var before) && before.Hold == timeless)
            {
                level = before.Level;
            }
            else
            {
                ReconcilerLog.Held(logger, level, hold);
            }

            now[matter] = new Told(timeless, level);
        }

        foreach (var (matter, before) in told)
        {
            if (!now.ContainsKey(matter))
            {
                ReconcilerLog.NoLongerHeld(logger, before.Level > LogLevel.Information ? LogLevel.Information : before.Level, matter.ToString());
            }
        }

        told = now;
    }

    static LogLevel LevelOf(HoldKind kind, bool hasRows) => kind switch
    {
        // Each deployment has one for each of its deckies.
        HoldKind.OpenOperation => LogLevel.Debug,
        // What people do or order themselves needs nobody's attention.
        HoldKind.WorkUnderway or HoldKind.Suspended => LogLevel.Information,
        // A host that nothing was deployed on has no fleet yet; one with rows has lost it.
        HoldKind.DesiredMissing when !hasRows => LogLevel.Information,
        _ => LogLevel.Warning,
    };

    readonly record struct Matter(HoldKind Kind, string? Decky)
    {
        /// <summary>Some kinds are about the pass, however many deckies that concerns at the moment.</summary>
        internal static Matter Of(PlanHold hold) =>
            new(hold.Kind, hold is { HoldsPass: false, Kind: not HoldKind.WorkUnderway, Deckies: [var only] } ? only : null);

        public override string ToString() => Decky is null ? Token<HoldKind>.Of(Kind) : $"{Token<HoldKind>.Of(Kind)} of {Decky}";
    }

    readonly record struct Told(PlanHold Hold, LogLevel Level);
}
