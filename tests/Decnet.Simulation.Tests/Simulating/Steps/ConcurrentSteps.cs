namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Two processes that reconcile at the same time, and sometimes a third one that changes the fleet, step by step in any order.</summary>
internal sealed class ConcurrentSteps(World world, PassSteps passes, FleetWishes wishes, ContainerSteps containers)
{
    readonly Random random = world.Random;

    internal async Task RunAsync()
    {
        var scheduler = new TurnScheduler(random);
        var bodies = new List<Func<Task>>();
        var processes = new List<SimulatedProcess>();
        for (var i = 0; i < 2; i++)
        {
            var process = i == 0 ? world.Process : await world.StartProcessAsync();
            var first = passes.SomeOptions();
            var second = passes.SomeOptions();
            processes.Add(process);
            bodies.Add(() => BodyAsync(process, async () =>
            {
                world.Count(await process.Reconciler.ReconcileAsync(first));
                world.Count(await process.Reconciler.ReconcileAsync(second));
            }));
        }

        if (random.Next(3) == 0)
        {
            var writer = await world.StartProcessAsync();
            processes.Add(writer);
            bodies.Add(() => BodyAsync(writer, () => writer.File.UpdateAsync(now =>
                FleetSteps.Known(now) is { } fleet ? wishes.WithOneLess(wishes.Mutated(wishes.WithOneMore(fleet))) : null)));
        }

        foreach (var process in processes)
        {
            process.Gate.Turns = scheduler;
            process.CommitRules.Truth = null;
            if (random.Next(4) == 0)
            {
                process.Gate.CrashIn(random.Next(30), random.Next(2) == 0, losesPower: false);
            }
        }

        failure = null;
        await scheduler.RunAsync(bodies, Between);
        await EndAsync(processes);
    }

    Exception? failure;

    void Between()
    {
        if (random.Next(15) == 0)
        {
            containers.Disturb(mayRename: false);
        }
    }

    async Task BodyAsync(SimulatedProcess process, Func<Task> body)
    {
        try
        {
            await process.Gate.TurnAsync();
            await body();
        }
        catch (SimulatedCrash)
        {
            world.Statistics.Crashes++;
        }
        catch (FleetFileException) when (process.Gate.IsDead)
        {
            world.Statistics.Crashes++;
        }
#pragma warning disable CA1031 // Every process comes to its end, whatever happens to one of them; the failure is thrown after that.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure ??= error;
        }
    }

    async Task EndAsync(List<SimulatedProcess> processes)
    {
        foreach (var process in processes)
        {
            world.Disk.ReleaseLocksOf(process.Gate.Process);
        }

        if (failure is { } error)
        {
            throw new InvalidOperationException($"A process of several failed. {error.Message}", error);
        }

        await world.RestartAsync();
    }
}
