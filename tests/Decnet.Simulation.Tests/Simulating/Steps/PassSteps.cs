namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;
using Decnet.Simulation.Tests.Simulating.Machine;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>Passes and plans of one process.</summary>
internal sealed class PassSteps(World world, FleetWishes wishes)
{
    readonly Random random = world.Random;

    internal async Task PassAsync()
    {
        var options = SomeOptions();
        world.Trace.Add($"  {options}");
        await world.RunAsync(process => MeteredPassAsync(process, options));
    }

    /// <summary>A pass that only records has nothing left to record the second time (I2).</summary>
    internal async Task PassTwiceAsync()
    {
        world.Engine.ClearFaults();
        var completed = await world.RunAsync(process => MeteredPassAsync(process, new ReconcileOptions()), crash: 0);
        if (completed)
        {
            var meter = new PassMeter(world, world.Process);
            await MeteredPassAsync(world.Process, new ReconcileOptions());
            meter.RequireQuiet("I2");
        }
    }

    /// <summary>One call of a pass fails: whatever worked before and is still wanted works after it, by what was put back.</summary>
    internal async Task PassWithOneFailureAsync()
    {
        world.Engine.ClearFaults();
        await world.Process.File.UpdateAsync(now => FleetSteps.Known(now) is { } fleet ? wishes.WithOtherStack(fleet) : null);
        var verb = random.Next(3) switch { 0 => RuntimeVerb.CreateContainer, 1 => RuntimeVerb.StopContainer, _ => RuntimeVerb.StartContainer };
        world.Engine.Fail(new RuntimeFault { Error = RuntimeError.Server, Verb = verb });
        var working = Working();
        var completed = await world.RunAsync(
            process => MeteredPassAsync(process, new ReconcileOptions { Repair = RepairMode.Recreate }), crash: 0);
        if (completed)
        {
            var lost = working.Except(Working()).FirstOrDefault(IsWanted);
            InvariantException.Require(lost == default, "I12", $"{lost} worked, and does not after one call failed");
        }
    }

    /// <summary>Making a plan changes nothing (I10).</summary>
    internal async Task PlanAsync()
    {
        var options = SomeOptions();
        await world.RunAsync(async process =>
        {
            var meter = new PassMeter(world, process);
            await process.Reconciler.PlanAsync(options);
            meter.RequireQuiet("I10");
        });
    }

    /// <summary>A worker in shadow mode plans and tells of it, and changes no row, container or file (I10).</summary>
    internal async Task ShadowAsync()
    {
        var options = SomeOptions();
        await world.RunAsync(async process =>
        {
            var before = await process.Store.ReadAsync(HostId.Local);
            var meter = new PassMeter(world, process);
            var plan = await process.Reconciler.PlanAsync(options);
            meter.RequireQuiet("I10");
            var shadow = new WorkerShadow(process.Store, HostId.Local, new ReconcilerWorkerOptions { Shadow = true }, world.Clock, NullLogger.Instance);
            await shadow.TellAsync(plan, CancellationToken.None);
            await shadow.TellAsync(plan, CancellationToken.None);
            meter.RequireOnlyTold("I10", plan.Steps.Count + plan.Holds.Count > 0 ? 1 : 0);
            var after = await process.Store.ReadAsync(HostId.Local);
            InvariantException.Require(
                before.Rows.SequenceEqual(after.Rows) && before.OpenOperations.SequenceEqual(after.OpenOperations), "I10", "a shadow changed what is recorded");
        });
    }

    /// <summary>A plan is applied as it was made, or, when something changed since, refused as a whole.</summary>
    internal async Task PlanAndApplyAsync()
    {
        world.Engine.ClearFaults();
        var options = SomeOptions();
        ReconcilePlan? plan = null;
        var planned = await world.RunAsync(async process => plan = await process.Reconciler.PlanAsync(options), crash: 0);
        if (!planned)
        {
            return;
        }

        if (random.Next(3) == 0)
        {
            await world.RunAsync(async process => world.Count(await process.Reconciler.ApplyAsync(plan!)));
            return;
        }

        await world.Process.File.UpdateAsync(now => FleetSteps.Known(now) ?? wishes.Fleet(random.Next(4)));
        var meter = new PassMeter(world, world.Process);
        try
        {
            await world.Process.Reconciler.ApplyAsync(plan!);
        }
        catch (PlanStaleException)
        {
            world.Statistics.Refusals++;
            meter.RequireQuiet("I10", looks: 2);
            return;
        }

        throw new InvariantException("I10", "a plan was applied although the fleet file had changed since");
    }

    internal ReconcileOptions SomeOptions() => new()
    {
        Repair = (RepairMode)Math.Min(random.Next(4), (int)RepairMode.Recreate),
        RemoveStrays = random.Next(3) == 0,
        MaxDeletions = random.Next(8) switch
        {
            0 => DeletionBudget.OfCount(random.Next(3)),
            1 => DeletionBudget.OfShare(0.25),
            _ => DeletionBudget.Unlimited,
        },
    };

    HashSet<(string Decky, string? Service)> Working()
    {
        var running = world.Engine.Containers.Where(container => container is { IsReachable: true, Spec: not null }).ToArray();
        var bases = running.Where(container => container.Observed.Role == ContainerRole.Base).Select(container => container.Observed.DeckyName).ToHashSet();
        return
        [
            .. running
                .Where(container => bases.Contains(container.Observed.DeckyName))
                .Select(container => (container.Observed.DeckyName, container.Observed.ServiceName)),
        ];
    }

    // A base with another address is another one; its successor may be kept from starting by who had that address before.
    bool IsWanted((string Decky, string? Service) part) =>
        FleetSteps.Known(world.File.Current)?.Find(DeckyName.Parse(part.Decky)) is { } decky
        && decky.EffectiveHost(HostId.Local) == HostId.Local
        && world.Engine.Containers.All(container =>
            container.Observed.DeckyName != part.Decky || container.Spec?.IPAddress is not { } address || address.Equals(decky.IPAddress))
        && (part.Service is null || decky.Services.Contains(part.Service));

    async Task MeteredPassAsync(SimulatedProcess process, ReconcileOptions options)
    {
        var meter = new PassMeter(world, process);
        var rows = (await world.Store.ReadAsync(HostId.Local)).Rows.Count;
        var result = await process.Reconciler.ReconcileAsync(options);
        world.Count(result);
        meter.RequireBounded();
        InvariantException.Require(
            options.MaxDeletions.Allows(result.Deleted, rows), "I4", $"{result.Deleted} of {rows} rows deleted, allowed were {options.MaxDeletions}");
        InvariantException.Require(
            result.Deleted == 0 || process.Knowledge.Desired is DesiredState.Known, "I4", "rows were deleted and the fleet is not known");
    }
}
