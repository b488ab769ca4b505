namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Operations on deckies, as a deployment runs them: recorded, begun, carried out on the containers, ended or abandoned.</summary>
internal sealed class OperationSteps(World world)
{
    readonly Random random = world.Random;
    int operations;

    internal Task BringUpAsync(SimulatedProcess process, Fleet fleet, Decky decky, OperationKind kind) => OperateAsync(process, decky, kind, async present =>
    {
        if (decky.EffectiveHost(HostId.Local) != HostId.Local)
        {
            return;
        }

        var blueprint = new DeckyComposer(FleetCatalog.For(fleet)).Compose(fleet, decky);
        await new NetworkProvisioner(process.Runtime).EnsureAsync(DeckyComposer.Network(fleet));
        await new ContainerApplier(process.Runtime, SimulatedProcess.Applier).ReplaceDeckyAsync(blueprint, present);
    });

    internal Task TakeDownAsync(SimulatedProcess process, Decky decky) => OperateAsync(process, decky, OperationKind.Teardown, async present =>
    {
        foreach (var container in present.OrderByDescending(container => container.Role))
        {
            await process.Runtime.RemoveContainerAsync(container.Id);
        }
    });

    /// <summary>Opens an operation that nobody ever ends, or tries to change one that ended.</summary>
    internal async Task MeddleAsync() => await world.RunAsync(async process =>
    {
        if (random.Next(2) == 0 && world.Operations.Ended.Count > 0)
        {
            var ended = world.Operations.Ended.OrderBy(operation => operation.Id).ElementAt(random.Next(world.Operations.Ended.Count));
            var status = (OperationStatus)random.Next(1, 4);
            var result = await CommitAsync(process, new StateChange.AdvanceOperation(ended.Id, status, "too late"));
            InvariantException.Require(!result, "I6", $"{ended} ended and was moved to {status}");
        }
        else
        {
            await CommitAsync(process, new StateChange.AddOperation(NewOperation(DeckyName.Parse(FleetWishes.Name(random.Next(1, FleetWishes.Names + 1))), OperationKind.Deploy)));
        }
    });

    async Task OperateAsync(SimulatedProcess process, Decky decky, OperationKind kind, Func<ObservedContainer[], Task> work)
    {
        await SweepAsync(process);
        var operation = NewOperation(decky.Name, kind);
        if (!await CommitAsync(process, new StateChange.AddOperation(operation)))
        {
            return;
        }

        await CommitAsync(process, new StateChange.AdvanceOperation(operation.Id, OperationStatus.Running));
        string? error = null;
        if (await process.Runtime.ObserveAsync() is ObservedState.Known known && process.Knowledge.Desired is DesiredState.Known)
        {
            try
            {
                await work([.. known.Containers.Where(container => container.DeckyName == decky.Name.Value && container.HostId is null or "local")]);
            }
            catch (DecnetException failure)
            {
                error = failure.Message;
            }
        }
        else
        {
            error = "the runtime cannot be asked";
        }

        if (random.Next(6) != 0)
        {
            await CommitAsync(process, new StateChange.AdvanceOperation(operation.Id, error is null ? OperationStatus.Succeeded : OperationStatus.Failed, error));
        }
    }

    async Task SweepAsync(SimulatedProcess process)
    {
        var now = world.Clock.GetUtcNow();
        foreach (var operation in (await process.Store.ReadAsync(HostId.Local)).OpenOperations.Where(operation => operation.Deadline <= now))
        {
            await CommitAsync(process, new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, "past its deadline"));
        }
    }

    async Task<bool> CommitAsync(SimulatedProcess process, StateChange change) =>
        (await process.Store.CommitAsync([change], world.Clock.GetUtcNow())).Applied[0];

    Operation NewOperation(DeckyName decky, OperationKind kind) => new()
    {
        Id = new Guid(++operations, 0, 0, new byte[8]),
        HostId = HostId.Local,
        DeckyName = decky,
        Kind = kind,
        CreatedAt = world.Clock.GetUtcNow(),
        UpdatedAt = world.Clock.GetUtcNow(),
        Deadline = world.Clock.GetUtcNow().AddMinutes(random.Next(1, 30)),
    };
}
