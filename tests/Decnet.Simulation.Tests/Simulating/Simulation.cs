namespace Decnet.Simulation.Tests.Simulating;

using Decnet.Simulation.Tests.Simulating.Checking;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Simulation.Tests.Simulating.Steps;

/// <summary>One run: what happens is drawn from the seed, and every invariant is checked after every step.</summary>
internal sealed class Simulation
{
    readonly World world;
    readonly FleetWishes wishes;
    readonly Convergence convergence;
    readonly (string Name, int Weight, Func<Task> Run)[] steps;
    readonly int totalWeight;

    Simulation(World world)
    {
        this.world = world;
        wishes = new FleetWishes(world.Random);
        var fleets = new FleetSteps(world, wishes);
        var containers = new ContainerSteps(world);
        var passes = new PassSteps(world, wishes);
        var several = new ConcurrentSteps(world, passes, wishes, containers);
        var workers = new WorkerSteps(world, passes, containers);
        var services = new ServiceSteps(world, new WorkOrders(world, wishes), passes, wishes, containers);
        convergence = new Convergence(world, wishes, services);
        steps =
        [
            ("add to file", 4, fleets.AddAsync),
            ("change file", 3, fleets.ChangeAsync),
            ("remove from file", 2, fleets.RemoveAsync),
            ("empty file", 1, fleets.EmptyAsync),
            ("restore previous", 2, fleets.RestorePreviousAsync),
            ("tamper with file", 2, Now(fleets.Tamper)),
            ("meddle with operations", 2, services.MeddleAsync),
            ("work", 10, services.AloneAsync),
            ("work beside others", 8, services.BesideOthersAsync),
            ("sweep and rotate", 4, services.SweepAsync),
            ("suspend or resume", 2, services.SuspendAsync),
            ("disturb container", 8, Now(() => containers.Disturb())),
            ("make stray", 2, Now(containers.MakeStray)),
            ("make foreign", 1, Now(containers.MakeForeign)),
            ("trouble engine", 5, Now(containers.TroubleEngine)),
            ("advance clock", 6, Now(AdvanceClock)),
            ("restart", 1, world.RestartAsync),
            ("pass", 16, passes.PassAsync),
            ("pass twice", 2, passes.PassTwiceAsync),
            ("pass with one failure", 3, passes.PassWithOneFailureAsync),
            ("plan", 2, passes.PlanAsync),
            ("shadow", 2, passes.ShadowAsync),
            ("plan and apply", 3, passes.PlanAndApplyAsync),
            ("worker", 2, workers.RunAsync),
            ("several processes", 4, several.RunAsync),
        ];
        totalWeight = steps.Sum(step => step.Weight);
    }

    /// <summary>Runs one seed to its end.</summary>
    /// <exception cref="SimulationException">An invariant did not hold, or something failed that must not.</exception>
    internal static async Task<SimulationResult<SimulationStatistics>> RunAsync(int seed, StoreKind? kind = null, int keptLines = 60)
    {
        var store = kind ?? KindOf(seed);
        await using var world = await World.CreateAsync(seed, store, keptLines);
        var step = 0;
        try
        {
            var simulation = new Simulation(world);
            var count = world.Random.Next(30, 61);
            await simulation.BeginAsync();
            while (step < count)
            {
                await simulation.StepAsync(++step);
            }

            await simulation.convergence.RequireAsync();
            await world.CheckAsync();
        }
#pragma warning disable CA1031 // Whatever it is, it is reported with what repeats it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new SimulationException(seed, store, step, world.Trace, error);
        }

        world.Statistics.Seeds = 1;
        return new SimulationResult<SimulationStatistics>(world.Statistics, world.Trace);
    }

    /// <summary>Every tenth seed runs on SQLite.</summary>
    internal static StoreKind KindOf(int seed) => seed % 10 == 0 ? StoreKind.Sqlite : StoreKind.Memory;

    /// <summary>Most runs begin with a fleet, some with nothing at all.</summary>
    async Task BeginAsync()
    {
        if (world.Random.Next(8) != 0)
        {
            await world.Process.File.SaveAsync(wishes.Fleet(world.Random.Next(1, 5)));
        }
    }

    async Task StepAsync(int number)
    {
        var drawn = world.Random.Next(totalWeight);
        var step = steps.First(candidate => (drawn -= candidate.Weight) < 0);
        world.Trace.Add($"{number} {step.Name}");
        world.Statistics.Steps++;
        await step.Run();
        await world.CheckAsync();
    }

    void AdvanceClock()
    {
        var by = TimeSpan.FromSeconds(Math.Pow(10, world.Random.NextDouble() * 4));
        world.Trace.Add($"  by {by}");
        world.Clock.Advance(by);
    }

    static Func<Task> Now(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
