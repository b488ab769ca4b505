namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>What is recorded and what runs, seen one after the other.</summary>
internal sealed record Sight(RecordedState Recorded, ObservedState Observed)
{
    /// <summary>The rows of other hosts. Only who has ways to work on their deckies looks at them.</summary>
    internal IReadOnlyList<DeckyRow> Remote { get; init; } = [];

    /// <summary>The row of a decky of any host.</summary>
    internal DeckyRow? RowOf(HostId host, DeckyName name) =>
        host == Recorded.HostId ? RowOf(name) : Remote.FirstOrDefault(row => row.HostId == host && row.Name == name);

    /// <summary>The row of a decky of the host that looks.</summary>
    internal DeckyRow? RowOf(DeckyName name) => Recorded.Rows.FirstOrDefault(row => row.Name == name);

    /// <summary>The containers that carry the labels of a decky of the host; none when the runtime could not be asked.</summary>
    internal IReadOnlyList<ObservedContainer> ContainersOf(DeckyName name) => Observed is ObservedState.Known known
        ? [.. known.Containers.Where(container => container.DeckyName == name.Value && (container.HostId is null || container.HostId == Recorded.HostId.Value))]
        : [];
}
