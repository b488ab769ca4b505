namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Draws services for deckies: one to three, each number equally likely, in the order of the pool, without two that open the
/// same port. A combination comes again only when all have been drawn.
/// </summary>
internal sealed class ServiceDealer
{
    internal const int MaxServices = 3;

    /// <summary>How many combinations in a row may clash before those of a size count as used up, so that no catalog makes a draw endless.</summary>
    const int MaxClashes = 1_000;

    readonly ValueList<string> pool;
    readonly Random random;
    readonly bool[,] clash;
    readonly CombinationDeck[] decks;
    readonly List<CombinationDeck> live;
    readonly Dictionary<(int, int, int), ValueList<string>> drawn = [];
    readonly HashSet<(int, int, int)> taken = [];

    internal ServiceDealer(FleetCatalog catalog, ValueList<string> pool, Random random)
    {
        this.random = random;
        this.pool = pool;
        clash = Clashes(catalog, pool);
        decks = [.. Enumerable.Range(1, Math.Min(MaxServices, pool.Count)).Select(size => new CombinationDeck(pool.Count, size))];
        live = [.. decks];
    }

    /// <summary>Makes a combination count as drawn.</summary>
    internal void Take(ValueList<string> services)
    {
        int[] items = [.. services.Select(slug => pool.AsSpan().IndexOf(slug)).Order()];
        if (items.Length is > 0 and <= MaxServices && items[0] >= 0)
        {
            taken.Add(Key(items));
        }
    }

    internal ValueList<string> Next()
    {
        Span<int> items = stackalloc int[MaxServices];
        while (true)
        {
            if (live.Count == 0)
            {
                Array.ForEach(decks, deck => deck.Reset());
                live.AddRange(decks);
                taken.Clear();
            }

            var choice = random.Next(live.Count);
            var combination = items[..(Array.IndexOf(decks, live[choice]) + 1)];
            if (TryDraw(live[choice], combination))
            {
                return Named(combination);
            }

            live.RemoveAt(choice);
        }
    }

    bool TryDraw(CombinationDeck deck, Span<int> combination)
    {
        for (var tries = 0; tries < MaxClashes && deck.TryDeal(random, combination); tries++)
        {
            if (!HasClash(combination) && !taken.Contains(Key(combination)))
            {
                return true;
            }
        }

        return false;
    }

    bool HasClash(ReadOnlySpan<int> combination)
    {
        for (var i = 1; i < combination.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (clash[combination[i], combination[j]])
                {
                    return true;
                }
            }
        }

        return false;
    }

    static (int, int, int) Key(ReadOnlySpan<int> combination) =>
        (combination[0], combination.Length > 1 ? combination[1] : -1, combination.Length > 2 ? combination[2] : -1);

    ValueList<string> Named(ReadOnlySpan<int> combination)
    {
        var key = Key(combination);
        if (!drawn.TryGetValue(key, out var services))
        {
            var slugs = new string[combination.Length];
            for (var i = 0; i < slugs.Length; i++)
            {
                slugs[i] = pool[combination[i]];
            }

            drawn[key] = services = ValueList.Create<string>(slugs);
        }

        return services;
    }

    /// <summary>Which services may meet at a port; also one that only a setting opens, since settings may come later.</summary>
    static bool[,] Clashes(FleetCatalog catalog, ValueList<string> pool)
    {
        var clash = new bool[pool.Count, pool.Count];
        var users = new Dictionary<ServicePort, List<int>>();
        for (var item = 0; item < pool.Count; item++)
        {
            var service = catalog.FindService(pool[item])!;
            foreach (var port in service.Ports.Concat(service.ConditionalPorts.Select(conditional => conditional.Port)))
            {
                if (!users.TryGetValue(port, out var others))
                {
                    users[port] = others = [];
                }

                foreach (var other in others)
                {
                    clash[item, other] = clash[other, item] = true;
                }

                others.Add(item);
            }
        }

        return clash;
    }
}
