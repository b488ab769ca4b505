namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Finds what deckies of a description were before, by name and host, and tells which ones it does not name.</summary>
internal sealed class PreviousDeckies
{
    readonly Dictionary<DeckyName, Decky> own = [];
    readonly List<Decky> foreign = [];

    internal PreviousDeckies(FleetBuildOptions options)
    {
        // Who "the host whose fleet file names them" is makes no difference: it is the same one before and after.
        var host = options.HostId ?? HostId.Local;
        foreach (var decky in options.Previous)
        {
            if (decky.EffectiveHost(HostId.Local) != host || !own.TryAdd(decky.Name, decky))
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
