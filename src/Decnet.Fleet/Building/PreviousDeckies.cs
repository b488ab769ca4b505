namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>
/// Finds what deckies of a description were before, by name, and by host where the caller names one for all of them; and tells
/// which ones it does not name.
/// </summary>
internal sealed class PreviousDeckies
{
    readonly Dictionary<DeckyName, Decky> own = [];
    readonly List<Decky> foreign = [];

    internal PreviousDeckies(FleetBuildOptions options)
    {
        foreach (var decky in options.Previous)
        {
            // Who "the host whose fleet file names them" is makes no difference: it is the same one before and after.
            var isElsewhere = options.HostId is { } host && decky.EffectiveHost(HostId.Local) != host;
            if (isElsewhere || !own.TryAdd(decky.Name, decky))
            {
                foreign.Add(decky);
            }
        }
    }

    /// <summary>The deckies of other hosts. Their names are taken.</summary>
    internal IReadOnlyList<Decky> Foreign => foreign;

    /// <summary>The deckies that nobody has asked for; they count as existing ones.</summary>
    internal IEnumerable<Decky> Rest => foreign.Concat(own.Values);

    /// <summary>What a decky was before, or null when it is new.</summary>
    internal Decky? Take(DeckyName name) => own.Remove(name, out var decky) ? decky : null;
}
