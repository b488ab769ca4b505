namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// Joins deckies, rows and containers by name once, in linear time, so that planning is a walk over arrays that allocates
/// nothing.
/// </summary>
internal sealed class SnapshotIndex
{
    readonly int[] rowOfSubject;
    readonly int[] firstContainer;
    readonly ObservedContainer[] containers;
    readonly Dictionary<string, int> positions;

    internal SnapshotIndex(FleetSnapshot snapshot, SubjectSet set)
    {
        Subjects = set.Subjects;
        Invalid = set.Invalid;
        positions = new Dictionary<string, int>(Subjects.Length, StringComparer.Ordinal);
        for (var i = 0; i < Subjects.Length; i++)
        {
            positions[Subjects[i].Name.Value] = i;
        }

        rowOfSubject = new int[Subjects.Length];
        Array.Fill(rowOfSubject, -1);
        var rows = snapshot.Recorded.Rows;
        var unwanted = new OrderedDictionary<DeckyName, DeckyRow>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (positions.TryGetValue(rows[i].Name.Value, out var subject))
            {
                rowOfSubject[subject] = i;
            }
            else if (!Invalid.ContainsKey(rows[i].Name))
            {
                unwanted.Add(rows[i].Name, rows[i]);
            }
        }

        UnwantedRows = unwanted;
        Busy = [.. snapshot.Recorded.OpenOperations.Where(operation => operation.Deadline > snapshot.TakenAt).Select(operation => operation.DeckyName)];
        (firstContainer, containers, Unclaimed) = Group(snapshot, positions);
    }

    internal Subject[] Subjects { get; }

    /// <summary>Desired deckies that cannot be composed, and why.</summary>
    internal IReadOnlyDictionary<DeckyName, string> Invalid { get; }

    /// <summary>Rows of deckies that the fleet does not have.</summary>
    internal OrderedDictionary<DeckyName, DeckyRow> UnwantedRows { get; }

    /// <summary>Deckies with an operation that is open and not past its deadline.</summary>
    internal HashSet<DeckyName> Busy { get; }

    /// <summary>Containers of this host that belong to none of the subjects.</summary>
    internal IReadOnlyList<ObservedContainer> Unclaimed { get; }

    /// <summary>Whether a row is that of a decky whose teardown has begun.</summary>
    internal static bool IsBeingTornDown(DeckyRow row) => row.State is DeckyState.TearingDown or DeckyState.TeardownFailed;

    /// <summary>Whether the fleet does not have a decky any more, and its teardown has begun.</summary>
    internal bool IsLeaving(string decky) =>
        DeckyName.TryParse(decky, out var name) && UnwantedRows.TryGetValue(name, out var row) && IsBeingTornDown(row);

    /// <summary>The position of a subject's row, or -1.</summary>
    internal int RowOf(int subject) => rowOfSubject[subject];

    /// <summary>The position of the subject of a name, or -1.</summary>
    internal int Find(string name) => positions.GetValueOrDefault(name, -1);

    internal ReadOnlySpan<ObservedContainer> ContainersOf(int subject) =>
        containers.AsSpan(firstContainer[subject]..firstContainer[subject + 1]);

    static (int[] First, ObservedContainer[] Sorted, List<ObservedContainer> Unclaimed) Group(
        FleetSnapshot snapshot, Dictionary<string, int> positions)
    {
        var first = new int[positions.Count + 1];
        var unclaimed = new List<ObservedContainer>();
        if (snapshot.Observed is not ObservedState.Known { Containers: var observed })
        {
            return (first, [], unclaimed);
        }

        // Counting sort: count per subject, sum up, then place.
        var subjectOf = new int[observed.Count];
        for (var i = 0; i < observed.Count; i++)
        {
            var container = observed[i];
            subjectOf[i] = -1;
            if (container.HostId is not null && container.HostId != snapshot.HostId.Value)
            {
                continue;
            }

            if (positions.TryGetValue(container.DeckyName, out var subject))
            {
                subjectOf[i] = subject;
                first[subject + 1]++;
            }
            else
            {
                unclaimed.Add(container);
            }
        }

        for (var i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        var sorted = new ObservedContainer[first[^1]];
        var next = first.AsSpan(0, positions.Count).ToArray();
        for (var i = 0; i < observed.Count; i++)
        {
            if (subjectOf[i] >= 0)
            {
                sorted[next[subjectOf[i]]++] = observed[i];
            }
        }

        return (first, sorted, unclaimed);
    }
}
