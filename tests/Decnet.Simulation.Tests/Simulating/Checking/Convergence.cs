namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Simulation.Tests.Simulating.Steps;

/// <summary>
/// The end of every run: faults stop, the operator puts right what only an operator can, and within a few passes file,
/// rows and containers say the same (I1); one more pass then does nothing (I2).
/// </summary>
internal sealed class Convergence(World world, FleetWishes wishes, ServiceSteps services)
{
    const int MaxPasses = 6;

    static readonly ReconcileOptions Everything = new() { Repair = RepairMode.Recreate, RemoveStrays = true };

    internal async Task RequireAsync()
    {
        await PutRightAsync();
        await world.Process.Sweeper.SweepAsync();
        var passes = 0;
        ReconcileResult result;
        do
        {
            InvariantException.Require(passes++ < MaxPasses, "I1", $"not converged after {MaxPasses} passes");
            result = await world.Process.Reconciler.ReconcileAsync(Everything);
            world.Count(result);
            world.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        while (!result.IsConverged);

        await DeployAgainAsync();
        var desired = (DesiredState.Known)world.File.Current;
        var deckies = desired.Fleet.Deckies.Where(decky => decky.EffectiveHost(HostId.Local) == HostId.Local).ToArray();
        var composer = new DeckyComposer(FleetCatalog.For(desired.Fleet));
        var blueprints = deckies.Select(decky => composer.Compose(desired.Fleet, decky)).ToArray();
        RequireRows(blueprints, (await world.Store.ReadAsync(HostId.Local)).Rows);
        RequireContainers(blueprints);
        var meter = new PassMeter(world, world.Process);
        world.Count(await world.Process.Reconciler.ReconcileAsync(Everything));
        meter.RequireQuiet("I2");
    }

    /// <summary>The same fleet ordered again has nothing to do, and leaves no operation open.</summary>
    async Task DeployAgainAsync()
    {
        var fleet = FleetSteps.Known(world.File.Current)!;
        var mine = fleet with { Deckies = [.. fleet.Deckies.Where(decky => decky.EffectiveHost(HostId.Local) == HostId.Local)] };
        var result = await services.OrderAsync(WorkOrders.Deploy(mine, fleet, "the same deploy"));
        InvariantException.Require(result is { Succeeded: true, Operations.Count: 0 }, "I1", $"the same deploy again gave {result}");
        var open = (await world.Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue })).FirstOrDefault(operation => operation.IsOpen);
        InvariantException.Require(open is null, "I1", $"{open} never ends");
    }

    async Task PutRightAsync()
    {
        world.Engine.ClearFaults();
        world.Engine.MissingImages();
        foreach (var order in (await world.Store.ReadAsync(HostId.Local)).Suspensions)
        {
            await world.Store.CommitAsync([new StateChange.Resume(order.HostId, order.DeckyName)], world.Clock.GetUtcNow());
        }

        world.Engine.Reachable();
        if (world.Random.Next(2) == 0)
        {
            await world.RestartAsync();
        }

        if (FleetSteps.Known(world.File.Current) is not { } fleet)
        {
            await world.Process.File.SaveAsync(world.File.Previous ?? wishes.Fleet(3));
        }

        if (FleetSteps.Known(world.File.Current) is { } known && known.Deckies.Any(decky => decky.Services.Contains("nonsense")))
        {
            await world.Process.File.SaveAsync(known with { Deckies = [.. known.Deckies.Where(decky => !decky.Services.Contains("nonsense"))] });
        }

        foreach (var container in world.Foreign.All.Where(container => container.Name == container.DeckyName).ToArray())
        {
            world.Foreign.Remove(container);
        }

        foreach (var container in world.Engine.Containers.Where(container => container.Observed.Health == ContainerHealth.Unhealthy))
        {
            world.Engine.MakeHealthy(container.Observed.Name);
        }

        world.Process.Runtime.TellsLostNetworks = true;
        world.Clock.Advance(TimeSpan.FromHours(1));
    }

    static void RequireRows(DeckyBlueprint[] blueprints, IReadOnlyList<DeckyRow> rows)
    {
        var wanted = blueprints.Select(blueprint => (blueprint.Decky.Name, blueprint.ConfigHash, DeckyState.Running, (string?)null)).OrderBy(row => row.Name);
        var actual = rows.Select(row => (row.Name, row.ConfigHash, row.State, row.Reason)).OrderBy(row => row.Name);
        InvariantException.Require(wanted.SequenceEqual(actual), "I1", $"the rows are {string.Join(", ", actual)}");
    }

    void RequireContainers(DeckyBlueprint[] blueprints)
    {
        var ours = world.Engine.Containers.Where(container => !world.Foreign.Owns(container.Observed.Id)).ToList();
        foreach (var spec in blueprints.SelectMany(blueprint => blueprint.Services.Prepend(blueprint.Base).Select(spec => (blueprint.Decky.Name, Spec: spec))))
        {
            var found = ours.FindAll(container =>
                container.Observed.DeckyName == spec.Name.Value && container.Observed.Role == spec.Spec.Role && container.Observed.ServiceName == spec.Spec.ServiceName);
            InvariantException.Require(found.Count == 1, "I1", $"there are {found.Count} containers for {spec.Spec.Name}");
            InvariantException.Require(Works(found[0], spec.Spec), "I1", $"{spec.Spec.Name} does not work: {found[0]}");
            ours.Remove(found[0]);
        }

        InvariantException.Require(ours.Count == 0, "I1", $"{string.Join(", ", ours.Select(container => container.Observed.Name))} belong to nobody");
    }

    static bool Works(InMemoryContainer container, ContainerSpec spec) =>
        container.Observed is { State: ContainerState.Running, NetworkLost: false } && container.IsReachable
        && (container.Observed.ConfigHash is null || container.Observed.ConfigHash == spec.ConfigHash);
}
