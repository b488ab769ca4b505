namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Simulation.Tests.Simulating.Steps;

/// <summary>What there is of a decky at this moment, told by nobody but the engine itself.</summary>
internal static class Truth
{
    internal static bool HasNone(World world, DeckyName name) =>
        !world.Engine.Containers.Any(container => container.Observed.DeckyName == name.Value && !world.Foreign.Owns(container.Observed.Id));

    /// <summary>What is missing of the containers that the fleet file describes; empty when they run, null when the file knows no such decky.</summary>
    /// <param name="world">The world.</param>
    /// <param name="name">The decky.</param>
    /// <param name="configured">Whether those of an earlier configuration do not count.</param>
    internal static string? Runs(World world, DeckyName name, bool configured)
    {
        if (FleetSteps.Known(world.File.Current) is not { } fleet || fleet.Find(name) is not { } decky || decky.EffectiveHost(HostId.Local) != HostId.Local)
        {
            return null;
        }

        var blueprint = new DeckyComposer(FleetCatalog.For(fleet)).Compose(fleet, decky);
        var missing = blueprint.Services.Prepend(blueprint.Base).Where(spec => !world.Engine.Containers.Any(container => Fits(world, container.Observed, name, spec, configured)));
        return string.Join(", ", missing.Select(spec => $"{spec.Name} does not run"));
    }

    static bool Fits(World world, ObservedContainer container, DeckyName name, ContainerSpec spec, bool configured) =>
        container.DeckyName == name.Value && container.Role == spec.Role && container.ServiceName == spec.ServiceName
        && container.State == ContainerState.Running && !world.Foreign.Owns(container.Id)
        && (!configured || container.ConfigHash is null || container.ConfigHash == spec.ConfigHash);
}
