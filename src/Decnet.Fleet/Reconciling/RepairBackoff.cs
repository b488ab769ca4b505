namespace Decnet.Fleet.Reconciling;

using System.Collections.Immutable;
using Decnet.Fleet.Model;

/// <summary>
/// Remembers repairs per decky. After one that worked the next may follow at once; further ones, and those after a failure,
/// wait exponentially longer with jitter. Another configuration begins anew.
/// </summary>
internal sealed class RepairBackoff(RepairBackoffOptions options, Random random)
{
    volatile ImmutableDictionary<DeckyName, RepairHistory> histories = ImmutableDictionary<DeckyName, RepairHistory>.Empty;
    readonly Dictionary<DeckyName, DateTimeOffset> wellSince = [];

    /// <summary>The histories of one moment; plans may be made while a pass changes them.</summary>
    internal IReadOnlyDictionary<DeckyName, RepairHistory> Histories => histories;

    internal bool IsEmpty => histories.IsEmpty;

    internal void Repaired(DeckyName name, string configHash, string? error, DateTimeOffset now)
    {
        var earlier = histories.GetValueOrDefault(name) is { } history && history.ConfigHash == configHash ? history.Attempts : 0;
        var attempts = Math.Min(earlier, 30) + 1;
        var waits = error is null ? attempts - 1 : attempts;
        var delay = waits == 0 ? 0 : Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(2, waits - 1), options.MaxDelay.TotalSeconds);
        delay *= 1 + (options.Jitter * ((random.NextDouble() * 2) - 1));
        histories = histories.SetItem(name, new RepairHistory(attempts, now + TimeSpan.FromSeconds(delay), error, configHash));
        wellSince.Remove(name);
    }

    /// <summary>Takes note of how a decky with a history is now.</summary>
    internal void Observed(DeckyName name, DeckyState state, DateTimeOffset now)
    {
        if (state != DeckyState.Running)
        {
            wellSince.Remove(name);
        }
        else if (wellSince.TryAdd(name, now))
        {
            // The repair worked, so far: what went wrong before it is history.
            histories = histories.SetItem(name, histories[name] with { LastError = null });
        }
        else if (now - wellSince[name] >= options.HealthyPeriod)
        {
            Forget(name);
        }
    }

    internal void Forget(DeckyName name)
    {
        histories = histories.Remove(name);
        wellSince.Remove(name);
    }
}
