namespace Decnet.Fleet.Building.Ini;

/// <summary>Finds the known word that somebody probably meant. One instance serves one input and bounds the work for it.</summary>
internal sealed class NameSuggester
{
    const int LongestWord = 64;
    const int Farthest = 2;

    readonly int[] rows = new int[3 * (LongestWord + 1)];
    int comparisonsLeft = 20_000;

    /// <summary>The nearest of the candidates within two typing errors, one for words of up to three letters.</summary>
    internal string? Nearest(string word, IEnumerable<string> candidates)
    {
        var best = default(string);
        var nearest = (word.Length <= 3 ? 1 : Farthest) + 1;
        if (word.Length > LongestWord)
        {
            return null;
        }

        foreach (var candidate in candidates)
        {
            if (comparisonsLeft-- <= 0)
            {
                comparisonsLeft = 0;
                break;
            }

            var comparable = candidate.Length <= LongestWord && Math.Abs(candidate.Length - word.Length) < nearest;
            if (comparable && Distance(word, candidate) is var distance && distance < nearest)
            {
                (best, nearest) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, regardless of case (optimal string alignment).</summary>
    int Distance(string a, string b)
    {
        var beforeLast = rows.AsSpan(0, LongestWord + 1);
        var last = rows.AsSpan(LongestWord + 1, LongestWord + 1);
        var current = rows.AsSpan(2 * (LongestWord + 1));
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            var free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        return last[b.Length];
    }

    static bool Same(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);
}
