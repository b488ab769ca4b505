namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Containers that look like ours and are not: without our labels, or of another host. They stay as they are (I3).</summary>
internal sealed class ForeignContainers(InMemoryContainerRuntime engine)
{
    readonly Dictionary<string, ObservedContainer> all = new(StringComparer.Ordinal);
    readonly HashSet<string> hidden = new(StringComparer.Ordinal);

    internal IEnumerable<ObservedContainer> All => all.Values;

    internal bool IsHidden(string id) => hidden.Contains(id);

    internal bool Owns(string id) => all.ContainsKey(id);

    internal void Add(ObservedContainer container, bool withoutLabels)
    {
        engine.AddForeign(container);
        all.Add(container.Id, container);
        if (withoutLabels)
        {
            hidden.Add(container.Id);
        }
    }

    internal void Remove(ObservedContainer container)
    {
        engine.RemoveBehindOurBack(container.Name);
        all.Remove(container.Id);
    }

    internal void Check()
    {
        var present = engine.Containers.ToDictionary(container => container.Observed.Id, container => container.Observed);
        foreach (var container in all.Values)
        {
            InvariantException.Require(
                present.TryGetValue(container.Id, out var now) && now == container, "I3", $"{container.Name}, which is not ours, was changed");
        }
    }
}
