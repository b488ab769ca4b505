namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Chooses other services for deckies: one to three of a decky's archetype, or of all there are, that fit together, and such
/// as no other decky shows as long as there are any.
/// </summary>
/// <param name="catalog">The catalog of the fleet.</param>
/// <param name="fleet">What deckies show now.</param>
/// <param name="random">What decides; used under a lock on it.</param>
internal sealed class ServiceRotation(FleetCatalog catalog, Fleet fleet, Random random)
{
    /// <summary>
    /// A dealer deals each combination once before one comes again. So what a decky has now comes twice in a row at most: as
    /// the last one before, and the first one after.
    /// </summary>
    const int Draws = 3;

    readonly Dictionary<ValueList<string>, ServiceDealer> dealers = [];
    readonly List<ValueList<string>> chosen = [];

    /// <summary>Chooses.</summary>
    /// <param name="decky">The decky.</param>
    /// <returns>Its new services, in the order of the pool; null when the pool has no other ones.</returns>
    internal ValueList<string>? Choose(Decky decky)
    {
        var pool = Pool(decky);
        if (pool.Count == 0)
        {
            return null;
        }

        lock (random)
        {
            var dealer = Dealer(pool);
            for (var draw = 0; draw < Draws; draw++)
            {
                var services = dealer.Next();
                if (!IsSame(services, decky.Services))
                {
                    Take(services);
                    return services;
                }
            }
        }

        return null;
    }

    /// <summary>Whether two lists name the same services, in whatever order.</summary>
    internal static bool IsSame(ValueList<string> one, ValueList<string> other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other);

    ValueList<string> Pool(Decky decky)
    {
        var archetype = decky.Archetype is { } slug ? catalog.FindArchetype(slug) : null;
        return archetype is null
            ? catalog.ServicePool
            : [.. archetype.Services.Where(service => catalog.FindService(service) is { FleetSingleton: false })];
    }

    ServiceDealer Dealer(ValueList<string> pool)
    {
        if (!dealers.TryGetValue(pool, out var dealer))
        {
            dealers[pool] = dealer = new ServiceDealer(catalog, pool, random);
            foreach (var services in fleet.Deckies.Select(decky => decky.Services).Concat(chosen))
            {
                dealer.Take(services);
            }
        }

        return dealer;
    }

    /// <summary>Deckies of other archetypes must not get them, either.</summary>
    void Take(ValueList<string> services)
    {
        chosen.Add(services);
        foreach (var dealer in dealers.Values)
        {
            dealer.Take(services);
        }
    }
}
