namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>What is recorded and what runs, seen one after the other.</summary>
internal sealed record Sight(RecordedState Recorded, ObservedState Observed)
{
    internal DeckyRow? RowOf(DeckyName name) => Recorded.Rows.FirstOrDefault(row => row.Name == name);

    /// <summary>The containers that carry the labels of a decky of the host; none when the runtime could not be asked.</summary>
    internal IReadOnlyList<ObservedContainer> ContainersOf(DeckyName name) => Observed is ObservedState.Known known
        ? [.. known.Containers.Where(container => container.DeckyName == name.Value && (container.HostId is null || container.HostId == Recorded.HostId.Value))]
        : [];
}
