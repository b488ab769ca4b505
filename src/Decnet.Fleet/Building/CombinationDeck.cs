namespace Decnet.Fleet.Building;

/// <summary>
/// Deals the combinations of <paramref name="size"/> out of <paramref name="items"/> items in random order, none twice, at a
/// cost that does not depend on how many there are: a shuffle that remembers only the positions it has touched.
/// </summary>
internal sealed class CombinationDeck(int items, int size)
{
    readonly int total = (int)Math.Min(int.MaxValue, Count(items, size));
    readonly Dictionary<int, int> moved = [];
    int dealt;

    /// <summary>Deals the next combination as ascending item numbers.</summary>
    internal bool TryDeal(Random random, Span<int> combination)
    {
        if (dealt == total)
        {
            return false;
        }

        var position = dealt + random.Next(total - dealt);
        var index = moved.GetValueOrDefault(position, position);
        moved[position] = moved.GetValueOrDefault(dealt, dealt);
        moved.Remove(dealt++);
        Unrank(index, combination);
        return true;
    }

    /// <summary>Puts all combinations back.</summary>
    internal void Reset()
    {
        moved.Clear();
        dealt = 0;
    }

    void Unrank(long index, Span<int> combination)
    {
        var item = 0;
        for (var place = 0; place < combination.Length; place++, item++)
        {
            // All combinations that have this item here come before those that have a higher one.
            for (long count; index >= (count = Count(items - item - 1, combination.Length - place - 1)); item++)
            {
                index -= count;
            }

            combination[place] = item;
        }
    }

    static long Count(long items, int size) => size switch
    {
        0 => 1,
        1 => items,
        2 => items * (items - 1) / 2,
        3 => items * (items - 1) * (items - 2) / 6,
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "Combinations have up to three items."),
    };
}
