namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>
/// Remembers deckies that were due and did not rotate: each waits for a minute, then twice as long each time up to an hour, and
/// never longer than its interval. A decky that was changed begins anew.
/// </summary>
internal sealed class MutationBackoff
{
    static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly Dictionary<DeckyName, (Decky Decky, int Attempts, DateTimeOffset NotBefore)> failures = [];

    /// <summary>When a decky rotates next; null when it never does.</summary>
    internal DateTimeOffset? NextAt(Decky decky)
    {
        var due = MutationSchedule.DueAt(decky);
        return due is { } time && Find(decky) is { } failure && failure.NotBefore > time ? failure.NotBefore : due;
    }

    internal void Failed(Decky decky, DateTimeOffset now)
    {
        var attempts = (Find(decky)?.Attempts ?? 0) + 1;
        var doubled = First * Math.Pow(2, Math.Min(attempts - 1, 10));
        var wait = new[] { doubled, Longest, decky.MutateInterval ?? Longest }.Min();
        failures[decky.Name] = (decky, attempts, now + wait);
    }

    /// <summary>Forgets deckies that are no longer as they were when they failed.</summary>
    internal void Keep(Fleet fleet)
    {
        foreach (var name in failures.Keys.Where(name => fleet.Find(name) is not { } decky || Find(decky) is null).ToArray())
        {
            failures.Remove(name);
        }
    }

    (Decky Decky, int Attempts, DateTimeOffset NotBefore)? Find(Decky decky) =>
        failures.TryGetValue(decky.Name, out var failure) && failure.Decky == decky ? failure : null;
}
