namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// Operators deploy, change and tear down by a <see cref="FleetService"/>: alone, beside a reconciler, or two of them at once;
/// the engine fails meanwhile, time passes, and processes die in the middle.
/// </summary>
internal sealed class ServiceSteps(World world, WorkOrders orders, PassSteps passes, FleetWishes wishes, ContainerSteps containers)
{
    readonly Random random = world.Random;
    int opened;

    internal Task AloneAsync() => RunAsync(others: 0);

    /// <summary>The companions of a worker, with nobody else around.</summary>
    internal Task SweepAsync()
    {
        Arm(world.Process, alone: true);
        return world.PlayAsync([Janitor(world.Process)], random.Next(3) == 0 ? Trouble : () => { });
    }

    internal Task BesideOthersAsync() => RunAsync(others: random.Next(1, 4));

    /// <summary>Opens an operation whose process dies at once, or tries to change one that ended.</summary>
    internal async Task MeddleAsync() => await world.RunAsync(async process =>
    {
        if (random.Next(2) == 0 && world.Operations.Ended.Count > 0)
        {
            var ended = world.Operations.Ended.OrderBy(operation => operation.Id).ElementAt(random.Next(world.Operations.Ended.Count));
            var status = (OperationStatus)random.Next(1, 4);
            var moved = ended with { Status = status, Error = "too late" };
            var change = new StateChange.AdvanceOperation(ended.Id, status, "too late") { Events = [OperationEvent.Draft(moved)] };
            var result = await process.Store.CommitAsync([change], world.Clock.GetUtcNow());
            InvariantException.Require(!result.Applied[0], "I6", $"{ended} ended and was moved to {status}");
        }
        else
        {
            var now = world.Clock.GetUtcNow();
            var operation = new Operation
            {
                Id = new Guid(++opened, 0, 0, new byte[8]),
                HostId = HostId.Local,
                DeckyName = DeckyName.Parse(FleetWishes.Name(random.Next(1, FleetWishes.Names + 1))),
                Kind = OperationKind.Deploy,
                CreatedAt = now,
                UpdatedAt = now,
                Deadline = now.AddMinutes(random.Next(1, 30)),
            };
            await process.Store.CommitAsync([new StateChange.AddOperation(operation) { Events = [OperationEvent.Draft(operation)] }], now);
            await world.RestartAsync();
        }
    });

    /// <summary>An operator has deckies left alone, or takes that back.</summary>
    internal async Task SuspendAsync() => await world.RunAsync(async process =>
    {
        DeckyName? name = FleetSteps.Known(world.File.Current) is { Deckies.Count: > 0 } fleet && random.Next(3) != 0 ? wishes.Pick(fleet).Decky.Name : null;
        try
        {
            if (random.Next(2) == 0)
            {
                await process.Service.SuspendAsync(name, "an operator", "to look at it");
            }
            else
            {
                await process.Service.ResumeAsync(name, "an operator");
            }
        }
        catch (FleetValidationException refusal)
        {
            world.Trace.Add($"  refused: {refusal.Message}");
        }
    });

    /// <summary>Carries out one order with nobody else around.</summary>
    internal async Task<FleetWorkResult?> OrderAsync(WorkOrder order)
    {
        FleetWorkResult? result = null;
        await world.PlayAsync([(world.Process, async () => result = await CarryOutAsync(world.Process, order))], () => { });
        return result;
    }

    async Task RunAsync(int others)
    {
        var troubled = random.Next(3) == 0;
        if (!troubled)
        {
            world.Engine.ClearFaults();
            world.Engine.Reachable();
            for (var deaths = random.Next(3); deaths > 0; deaths--)
            {
                containers.LetOneDie();
            }
        }

        var actors = new List<(SimulatedProcess, Func<Task>)> { Service(world.Process) };
        for (var i = 0; i < others; i++)
        {
            var process = await world.StartProcessAsync();
            actors.Add(random.Next(7) switch
            {
                0 => Service(process),
                1 => Writer(process),
                2 => Janitor(process),
                _ => Reconciler(process),
            });
        }

        foreach (var (process, _) in actors)
        {
            Arm(process, others == 0);
        }

        await world.PlayAsync(actors, troubled ? Trouble : () => { });
    }

    void Arm(SimulatedProcess process, bool alone)
    {
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                process.Gate.CrashIn(random.Next(random.Next(2) == 0 ? 10 : 60), random.Next(2) == 0, alone && random.Next(4) == 0);
                break;
            case 3 when random.Next(2) == 0:
                process.Store.LockedFor = 1;
                break;
            case 4 when random.Next(2) == 0:
                process.Files.FailIn(random.Next(6));
                break;
        }
    }

    void Trouble()
    {
        switch (random.Next(60))
        {
            case 0:
                containers.Disturb(mayRename: false);
                break;
            case 1:
                containers.TroubleEngine();
                break;
            case 2:
                world.Engine.Reachable();
                break;
            case 3 when random.Next(4) == 0:
                world.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 400)));
                break;
        }
    }

    (SimulatedProcess, Func<Task>) Service(SimulatedProcess process)
    {
        var order = orders.Next();
        world.Trace.Add($"  {process.Gate.Process} {order.Text}");
        return (process, () => CarryOutAsync(process, order));
    }

    (SimulatedProcess, Func<Task>) Reconciler(SimulatedProcess process)
    {
        var options = Enumerable.Range(0, random.Next(1, 4)).Select(_ => passes.SomeOptions()).ToArray();
        return (process, async () =>
        {
            try
            {
                foreach (var pass in options)
                {
                    world.Count(await process.Reconciler.ReconcileAsync(pass));
                }
            }
            catch (StateStoreException)
            {
                world.Trace.Add("      the pass failed");
            }
        });
    }

    /// <summary>Sweeps, and rotates what is due, as the companions of a worker do.</summary>
    (SimulatedProcess, Func<Task>) Janitor(SimulatedProcess process)
    {
        var begins = random.Next(3);
        return (process, async () =>
        {
            try
            {
                for (var round = begins; round < begins + 3; round++)
                {
                    if (round % 2 == 0)
                    {
                        world.Statistics.Swept += await process.Sweeper.SweepAsync();
                    }
                    else
                    {
                        await RotateAsync(process);
                    }
                }
            }
            catch (StateStoreException)
            {
                world.Trace.Add("      the sweep failed");
            }
        });
    }

    async Task RotateAsync(SimulatedProcess process)
    {
        process.Work.Order = new WorkOrder
        {
            Text = "rotation",
            Kind = OperationKind.Mutate,
            IsRotation = true,
            Before = FleetSteps.Known(world.File.Current),
            Run = _ => throw new InvalidOperationException("A rotation is nobody's order."),
        };
        await process.Mutator.RunOnceAsync();
        process.Work.Order = null;
    }

    (SimulatedProcess, Func<Task>) Writer(SimulatedProcess process) => (process, async () =>
    {
        try
        {
            await process.File.UpdateAsync(now => FleetSteps.Known(now) is { } fleet ? wishes.WithOneLess(wishes.Mutated(wishes.WithOneMore(fleet))) : null);
        }
        catch (FleetFileException)
        {
            world.Trace.Add("      the file was not written");
        }
    });

    async Task<FleetWorkResult?> CarryOutAsync(SimulatedProcess process, WorkOrder order)
    {
        var meter = (process.Gate.Mutations, process.Gate.WritesToFiles, process.Work.Begun);
        process.Work.Order = order;
        try
        {
            var result = await order.Run(process.Service);
            world.Trace.Add($"  {process.Gate.Process} {(result.Succeeded ? "succeeded" : $"failed {result.Problem}")}, {result.Operations.Count} operations");
            InvariantException.Require(result.Operations.All(operation => !operation.IsOpen), "I16", $"{order.Text} came to its end, and an operation did not");
            InvariantException.Require(!order.IsConflict || world.SeveralAct, "I21", $"{order.Text} contradicts the fleet and was carried out");
            return result;
        }
        catch (DecnetException failure)
        {
            world.Trace.Add($"  {process.Gate.Process} refused: {failure.GetType().Name} {failure.Message}");
            world.Statistics.OrdersRefused++;
            InvariantException.Require(
                failure is not (FleetValidationException or FleetLockedException) || order.Named is null
                || meter == (process.Gate.Mutations, process.Gate.WritesToFiles, process.Work.Begun) || failure is FleetLockedException { Path: not SimulatedWorkLock.Path },
                "I21",
                $"{order.Text} was refused, and something was changed");
            return null;
        }
        finally
        {
            process.Work.Order = null;
        }
    }
}
