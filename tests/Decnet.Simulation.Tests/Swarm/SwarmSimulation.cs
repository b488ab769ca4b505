namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Simulation.Tests.Simulating;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Testing;

/// <summary>One run of a master with several hosts: what happens is drawn from the seed, and every invariant is checked after every step.</summary>
internal sealed class SwarmSimulation
{
    static readonly string[] Services = ["ssh", "http", "ftp", "telnet", "redis"];

    readonly SwarmWorld world;
    readonly (string Name, int Weight, Func<Task> Run)[] steps;

    SwarmSimulation(SwarmWorld world)
    {
        this.world = world;
        steps =
        [
            ("deploy", 10, DeployAsync),
            ("mutate", 6, MutateAsync),
            ("tear down", 5, TeardownAsync),
            ("work", 14, () => world.AnyAgent().WorkAsync()),
            ("report", 22, () => world.Link.ReportAsync(world.AnyAgent())),
            ("late message", 6, () => world.Link.DeliverLateAsync(all: false)),
            ("sweep", 4, () => world.AnyAgent().SweepAsync()),
            ("pass", 6, () => world.AnyAgent().PassAsync(world.Chance(50) ? RepairMode.Recreate : RepairMode.Off)),
            ("disturb", 4, () => Now(() => world.AnyAgent().Disturb())),
            ("look at hosts", 6, world.Master.LookAsync),
            ("kill agent", 2, () => world.AnyAgent().KillAsync()),
            ("restart master", 2, world.Master.RestartAsync),
            ("advance clock", 8, () => Now(AdvanceClock)),
        ];
    }

    /// <summary>Runs one seed to its end.</summary>
    /// <exception cref="SimulationException">An invariant did not hold, or something failed that must not.</exception>
    internal static async Task<SimulationResult<SwarmStatistics>> RunAsync(int seed, StoreKind? kind = null, int keptLines = 60)
    {
        var store = kind ?? Simulation.KindOf(seed);
        await using var world = await SwarmWorld.CreateAsync(seed, store, keptLines);
        var step = 0;
        try
        {
            var simulation = new SwarmSimulation(world);
            var count = world.Random.Next(30, 61);
            while (step < count)
            {
                await simulation.StepAsync(++step);
            }

            await simulation.CalmAsync();
            await SwarmTruth.RequireAsync(world);
            await world.CountAsync();
        }
#pragma warning disable CA1031 // Whatever it is, it is reported with what repeats it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new SimulationException(seed, store, step, world.Trace, error);
        }

        return new SimulationResult<SwarmStatistics>(world.Statistics, world.Trace);
    }

    async Task StepAsync(int number)
    {
        var drawn = world.Random.Next(steps.Sum(step => step.Weight));
        var step = steps.First(candidate => (drawn -= candidate.Weight) < 0);
        world.Trace.Add($"{number} {step.Name}");
        world.Statistics.Steps++;
        await step.Run();
        await world.CheckAsync();
    }

    /// <summary>From now on nothing gets lost and nobody dies; what is on its way still arrives, and everybody says what there is to say.</summary>
    async Task CalmAsync()
    {
        world.Link.IsPerfect = true;
        world.Trace.Add("calm");
        await world.Link.DeliverLateAsync(all: true);
        for (var round = 0; round < 26; round++)
        {
            foreach (var agent in world.Agents)
            {
                await agent.WorkAsync();
                await agent.SweepAsync();
                await agent.PassAsync(RepairMode.Off);
                while (await world.Link.ReportAsync(agent))
                {
                }
            }

            await world.Master.LookAsync();
            await world.CheckAsync();
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    async Task DeployAsync()
    {
        var fleet = await world.Master.FleetAsync();
        var number = world.Random.Next(1, 8);
        var there = fleet?.Find(DeckyName.Parse($"decky-{number}"));
        HostId? host = there is not null ? there.HostId : world.Chance(15) ? null : world.AnyAgent().HostId;
        var decky = Sample.Decky($"decky-{number}", $"198.18.0.{number + 10}", Choose()) with { HostId = host };
        var wanted = Sample.Fleet(decky) with { Mode = FleetMode.Swarm, Subnet = System.Net.IPNetwork.Parse("198.18.0.0/24"), Driver = NetworkDriver.Macvlan, Interface = "eth9" };
        await world.Master.OperateAsync(service => service.DeployAsync(wanted, new DeployOptions { Change = true }));
    }

    async Task MutateAsync()
    {
        if (await AnyNamesAsync() is { Length: > 0 } names)
        {
            await world.Master.OperateAsync(service => service.MutateAsync(names, new MutateOptions { Services = [.. Choose()] }));
        }
    }

    async Task TeardownAsync()
    {
        if (await AnyNamesAsync() is { Length: > 0 } names)
        {
            await world.Master.OperateAsync(service => service.TeardownAsync(names));
        }
    }

    async Task<DeckyName[]> AnyNamesAsync()
    {
        var names = (await world.Master.FleetAsync())?.Deckies.Select(decky => decky.Name).Order().ToArray() ?? [];
        return [.. names.Where(_ => world.Chance(50)).Take(3)];
    }

    string[] Choose() => [.. Services.Where(_ => world.Chance(40)).Append("smtp").Take(3)];

    void AdvanceClock()
    {
        var by = TimeSpan.FromSeconds(Math.Pow(10, world.Random.NextDouble() * 3));
        world.Trace.Add($"  by {by}");
        world.Clock.Advance(by);
    }

    static Task Now(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
