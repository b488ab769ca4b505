namespace Decnet.Fleet.Catalog;

/// <summary>Finds what an author probably meant by a word that is not known.</summary>
internal static class Suggestion
{
    /// <summary>Words longer than this are not compared; the comparison takes time in the product of the lengths.</summary>
    const int MaxLength = 64;

    /// <summary>How many candidates are looked at, so that an input with many of its own does not multiply them with its errors.</summary>
    internal const int MaxCandidates = 100;

    /// <summary>How many candidates are listed; a longer list helps nobody.</summary>
    const int MaxListed = 60;

    /// <summary>
    /// The candidate with the smallest edit distance, when it is near enough to be a slip: up to a third of the word, and at
    /// least one edit. Case does not count, nor whether words are joined by hyphen, underscore or blank.
    /// </summary>
    internal static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var wanted = Fold(word);
        if (wanted.Length is 0 or > MaxLength)
        {
            return null;
        }

        string? nearest = null;
        var best = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var most = Math.Max(1, wanted.Length / 3);
            if (string.IsNullOrWhiteSpace(candidate) || candidate.Length > MaxLength || Math.Abs(candidate.Length - wanted.Length) > most)
            {
                continue;
            }

            var folded = Fold(candidate);
            var distance = Distance(wanted, folded);
            if (distance > most)
            {
                continue;
            }

            // Of two that are equally near, the one that starts alike: slips in the first letter are rare.
            var score = (distance * 2) + (folded[0] == wanted[0] ? 0 : 1);
            if (score < best)
            {
                (nearest, best) = (candidate, score);
            }
        }

        return nearest;
    }

    /// <summary>How to put an unknown word right: the nearest candidate, then all of them, if they are not too many.</summary>
    internal static string Fix(string word, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates.Take(MaxCandidates)];
        var all = known.Length switch
        {
            0 => "none is known",
            <= MaxListed => "known: " + string.Join(", ", known),
            _ => $"more than {MaxListed} are known",
        };
        return Nearest(word, known) is { } nearest ? $"did you mean '{nearest}'? {all}" : all;
    }

    static string Fold(string word) => word.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Levenshtein's distance, where two swapped neighbours count as one edit (optimal string alignment).</summary>
    static int Distance(string left, string right)
    {
        var width = right.Length + 1;
        Span<int> beforeLast = stackalloc int[width];
        Span<int> last = stackalloc int[width];
        Span<int> current = stackalloc int[width];
        for (var column = 0; column < width; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column < width; column++)
            {
                var change = left[row - 1] == right[column - 1] ? 0 : 1;
                current[column] = Math.Min(Math.Min(last[column] + 1, current[column - 1] + 1), last[column - 1] + change);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
                }
            }

            last.CopyTo(beforeLast);
            current.CopyTo(last);
        }

        return last[right.Length];
    }
}
