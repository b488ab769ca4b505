namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// What one process knows, and what follows from it for the containers: nothing is touched that is not ours (I3), nothing
/// while the fleet (I4) or the runtime (I5) is unknown, and no part of a decky ever runs twice (I7). Who repairs without the work lock
/// beside others may start a container again that another one sets aside at this moment; the next pass ends it.
/// </summary>
internal sealed class RuntimeRules(InMemoryContainerRuntime engine, ForeignContainers foreign, Func<bool> mayOverlap)
{
    /// <summary>Whether an operator has ordered what is done, who need not wait until everything is known.</summary>
    internal bool IsOrdered { get; set; }

    internal DesiredState? Desired { get; set; }

    internal ObservedState? Observed { get; set; }

    /// <summary>
    /// Whether changes have begun since the last look at the rows, which begins every work. What was begun is finished or undone, even when
    /// the runtime cannot be asked any more in its midst.
    /// </summary>
    internal bool HasBegun { get; set; }

    internal bool IsHidden(string id) => foreign.IsHidden(id);

    internal string NameOf(string id) => Find(id)?.Observed.Name ?? "something that is gone";

    internal string? DeckyOf(string id) => Find(id)?.Observed.DeckyName;

    internal void BeforeChange(string step, string? id)
    {
        InvariantException.Require(IsOrdered || Desired is DesiredState.Known, "I4", $"'{step}' while the fleet is {Desired?.GetType().Name ?? "not read"}");
        InvariantException.Require(IsOrdered || HasBegun || Observed is ObservedState.Known, "I5", $"'{step}' while the runtime is unknown");
        HasBegun = true;
        if (id is not null && Find(id) is { } container)
        {
            InvariantException.Require(!foreign.Owns(id), "I3", $"'{step}' of {container.Observed.Name}, which is not ours");
        }
    }

    internal void AfterChange(string step)
    {
        if (step != "start")
        {
            return;
        }

        var twice = engine.Containers
            .Where(container => container is { Spec: not null, IsReachable: true })
            .GroupBy(container => (container.Observed.DeckyName, container.Observed.Role, container.Observed.ServiceName))
            .FirstOrDefault(group => group.Count() > 1 && !IsOverlap(group));
        InvariantException.Require(twice is null, "I7", $"{twice?.Key} runs {twice?.Count()} times: {string.Join(", ", twice?.Select(c => c.Observed.Name) ?? [])}");
        var shared = engine.Containers
            .Where(container => container is { Spec.IPAddress: not null, Observed.State: ContainerState.Running })
            .GroupBy(container => container.Spec!.IPAddress)
            .FirstOrDefault(group => group.Count() > 1 && !IsOverlap(group));
        InvariantException.Require(shared is null, "I7", $"the address {shared?.Key} is used {shared?.Count()} times");
    }

    bool IsOverlap(IEnumerable<InMemoryContainer> same) =>
        mayOverlap() && same.Count() == 2 && same.Count(container => container.Observed.Name.Contains("-old-", StringComparison.Ordinal)) == 1;

    InMemoryContainer? Find(string id) => engine.Containers.FirstOrDefault(container => container.Observed.Id == id);
}
