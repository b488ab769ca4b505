namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Two processes that reconcile at the same time, and sometimes a third one that changes the fleet, step by step in any order.</summary>
internal sealed class ConcurrentSteps(World world, PassSteps passes, FleetWishes wishes, ContainerSteps containers)
{
    readonly Random random = world.Random;

    internal async Task RunAsync()
    {
        var actors = new List<(SimulatedProcess Process, Func<Task> Body)>();
        for (var i = 0; i < 2; i++)
        {
            var process = i == 0 ? world.Process : await world.StartProcessAsync(locks: random.Next(2) == 0);
            var first = passes.SomeOptions();
            var second = passes.SomeOptions();
            actors.Add((process, async () =>
            {
                world.Count(await process.Reconciler.ReconcileAsync(first));
                world.Count(await process.Reconciler.ReconcileAsync(second));
            }));
        }

        if (random.Next(3) == 0)
        {
            var writer = await world.StartProcessAsync();
            actors.Add((writer, () => writer.File.UpdateAsync(now =>
                FleetSteps.Known(now) is { } fleet ? wishes.WithOneLess(wishes.Mutated(wishes.WithOneMore(fleet))) : null)));
        }

        foreach (var (process, _) in actors.Where(_ => random.Next(4) == 0))
        {
            process.Gate.CrashIn(random.Next(30), random.Next(2) == 0, losesPower: false);
        }

        await world.PlayAsync(actors, Between);
    }

    void Between()
    {
        if (random.Next(15) == 0)
        {
            containers.Disturb(mayRename: false);
        }
    }
}
