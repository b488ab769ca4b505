namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>A worker runs for some minutes of the fake clock, while containers break and signals come, or get lost.</summary>
internal sealed class WorkerSteps(World world, PassSteps passes, ContainerSteps containers)
{
    readonly Random random = world.Random;

    internal async Task RunAsync() => await world.RunAsync(async process =>
    {
        var end = world.Clock.GetUtcNow().AddSeconds(random.Next(10, 300));
        var worker = new WorkerRun(world, process, passes.SomeOptions(), new Random(random.Next()));
        await worker.SettleAsync();
        while (!worker.HasEnded && !process.Gate.IsDead && world.Clock.GetUtcNow() < end)
        {
            if (random.Next(4) == 0)
            {
                await DisturbAsync(worker);
            }
            else
            {
                await worker.NextAsync();
            }
        }

        await worker.EndAsync(byMessage: !process.Gate.IsDead && random.Next(2) == 0);
    });

    async Task DisturbAsync(WorkerRun worker)
    {
        if (random.Next(4) == 0)
        {
            containers.TroubleEngine();
        }
        else
        {
            containers.Disturb();
        }

        if (random.Next(3) != 0)
        {
            await worker.SignalAsync(file: random.Next(3) == 0);
        }
    }
}
