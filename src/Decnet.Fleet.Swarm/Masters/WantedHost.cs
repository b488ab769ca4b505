namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;

/// <summary>What the fleet file wants of one host. As long as nothing of it changes, it is the same instance.</summary>
internal sealed class WantedHost(IReadOnlyDictionary<DeckyName, WantedDecky> deckies)
{
    internal static readonly WantedHost Nothing = new(new Dictionary<DeckyName, WantedDecky>());

    internal IReadOnlyDictionary<DeckyName, WantedDecky> Deckies => deckies;

    /// <summary>Whether it has the very same deckies as another one.</summary>
    internal bool IsSame(WantedHost other) =>
        deckies.Count == other.Deckies.Count
        && deckies.All(entry => other.Deckies.TryGetValue(entry.Key, out var same) && ReferenceEquals(entry.Value, same));
}
