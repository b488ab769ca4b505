namespace Decnet.Fleet.Tests.Docs;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>The program of docs/operations.md, between the two marks.</summary>
static class OperationsProgram
{
    internal static async Task<(DeployPlan, FleetWorkResult[], FleetStatus)> RunAsync(
        StateFolder folder, IFleetFile file, IStateStore store, IContainerRuntime runtime, Fleet fleet)
    {
        // <page>
        await using var service = new FleetService(file, store, runtime, new FileWorkLock(folder.WorkLock));

        var plan = await service.PlanDeployAsync(fleet);                   // what would be done, and why; changes nothing
        var deployed = await service.DeployAsync(fleet);                   // an operation for each decky that needs work
        var changed = await service.MutateAsync([fleet.Deckies[0].Name]);  // other services for one
        var removed = await service.TeardownAsync([fleet.Deckies[1].Name]);
        var status = await service.StatusAsync();                          // wanted, recorded and running, side by side
        // </page>
        return (plan, [deployed, changed, removed], status);
    }
}
