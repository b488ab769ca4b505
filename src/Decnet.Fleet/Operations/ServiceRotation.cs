namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Chooses other services for a decky: one to three of its archetype, or of all there are, that fit together.</summary>
/// <param name="catalog">The catalog of the fleet.</param>
/// <param name="random">What decides.</param>
internal sealed class ServiceRotation(FleetCatalog catalog, Random random)
{
    const int MostServices = 3;
    const int Attempts = 20;

    /// <summary>Chooses.</summary>
    /// <param name="decky">The decky.</param>
    /// <returns>Its new services, in the order of the pool; null when the pool has no other set.</returns>
    internal ValueList<string>? Choose(Decky decky)
    {
        var pool = Pool(decky);
        for (var attempt = 0; attempt < Attempts && pool.Length > 0; attempt++)
        {
            var chosen = Draw(pool);
            if (IsOther(chosen, decky) && Fits(chosen, decky))
            {
                return [.. chosen];
            }
        }

        // Chance has not found one, and a small pool may have few: now each is looked at.
        return Sets(pool).Where(set => IsOther(set, decky) && Fits(set, decky)).Select(set => new ValueList<string>([.. set])).FirstOrDefault();
    }

    string[] Pool(Decky decky)
    {
        var archetype = decky.Archetype is { } slug ? catalog.FindArchetype(slug) : null;
        var services = archetype?.Services ?? (IEnumerable<string>)catalog.Services.Select(service => service.Slug);
        return [.. services.Where(service => catalog.FindService(service) is { FleetSingleton: false })];
    }

    string[] Draw(string[] pool)
    {
        lock (random)
        {
            var drawn = Shuffled(pool)[..random.Next(1, Math.Min(MostServices, pool.Length) + 1)];
            return [.. pool.Where(drawn.Contains)];
        }
    }

    string[] Shuffled(string[] pool)
    {
        var copy = pool.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    static bool IsOther(string[] chosen, Decky decky) => !decky.Services.ToHashSet(StringComparer.Ordinal).SetEquals(chosen);

    bool Fits(string[] chosen, Decky decky) => catalog.FindPortConflicts(chosen, decky.ServiceConfig).Count == 0;

    /// <summary>All sets of one to three of a pool; of a large one, those of its first dozen.</summary>
    static IEnumerable<string[]> Sets(string[] pool)
    {
        var some = pool[..Math.Min(pool.Length, 12)];
        for (var i = 0; i < some.Length; i++)
        {
            yield return [some[i]];
        }

        for (var i = 0; i < some.Length; i++)
        {
            for (var j = i + 1; j < some.Length; j++)
            {
                yield return [some[i], some[j]];
                for (var k = j + 1; k < some.Length; k++)
                {
                    yield return [some[i], some[j], some[k]];
                }
            }
        }
    }
}
