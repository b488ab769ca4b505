namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;

/// <summary>
/// Remembers repairs per decky. After one that worked the next may follow at once; further ones, and those after a failure,
/// wait exponentially longer with jitter. Another configuration begins anew.
/// </summary>
internal sealed class RepairBackoff(RepairBackoffOptions options, Random random)
{
    readonly Dictionary<DeckyName, RepairHistory> histories = [];
    readonly Dictionary<DeckyName, DateTimeOffset> wellSince = [];

    internal IReadOnlyDictionary<DeckyName, RepairHistory> Histories => new Dictionary<DeckyName, RepairHistory>(histories);

    internal bool IsEmpty => histories.Count == 0;

    internal void Repaired(DeckyName name, string configHash, string? error, DateTimeOffset now)
    {
        var earlier = histories.GetValueOrDefault(name) is { } history && history.ConfigHash == configHash ? history.Attempts : 0;
        var attempts = Math.Min(earlier, 30) + 1;
        var waits = error is null ? attempts - 1 : attempts;
        var delay = waits == 0 ? 0 : Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(2, waits - 1), options.MaxDelay.TotalSeconds);
        delay *= 1 + (options.Jitter * ((random.NextDouble() * 2) - 1));
        histories[name] = new RepairHistory(attempts, now + TimeSpan.FromSeconds(delay), error, configHash);
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
            histories[name] = histories[name] with { LastError = null };
        }
        else if (now - wellSince[name] >= options.HealthyPeriod)
        {
            Forget(name);
        }
    }

    internal void Forget(DeckyName name)
    {
        histories.Remove(name);
        wellSince.Remove(name);
    }
}
