namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;
using Decnet.Testing;

/// <summary>A master, its hosts and what lies between them, as far as it outlives their processes.</summary>
internal sealed class SwarmWorld : IAsyncDisposable
{
    internal const int Hosts = 3;

    SwarmWorld(int seed, StoreKind kind, int keptLines)
    {
        Kind = kind;
        Random = new Random(seed);
        Trace = new Trace(keptLines);
        Link = new SwarmLink(this);
        Master = new SimulatedMaster(this);
        Agents = [.. Enumerable.Range(1, Hosts).Select(number => new SimulatedAgent(this, number))];
    }

    internal StoreKind Kind { get; }

    internal Random Random { get; }

    internal FakeTimeProvider Clock { get; } = new();

    internal Trace Trace { get; }

    internal SwarmStatistics Statistics { get; } = new() { Seeds = 1 };

    internal SwarmLink Link { get; }

    internal SimulatedMaster Master { get; }

    internal IReadOnlyList<SimulatedAgent> Agents { get; }

    internal static async Task<SwarmWorld> CreateAsync(int seed, StoreKind kind, int keptLines)
    {
        var world = new SwarmWorld(seed, kind, keptLines);
        await world.Master.StartAsync();
        foreach (var agent in world.Agents)
        {
            await agent.StartAsync();
            await world.Master.AddHostAsync(agent.HostId);
        }

        return world;
    }

    internal SimulatedAgent Agent(HostId host) => Agents.Single(agent => agent.HostId == host);

    internal SimulatedAgent AnyAgent() => Agents[Random.Next(Agents.Count)];

    internal bool Chance(int percent) => Random.Next(100) < percent;

    /// <summary>Perhaps orders a crash of a process within its next steps.</summary>
    internal void Endanger(IoGate gate, int percent)
    {
        if (!Link.IsPerfect && Chance(percent))
        {
            gate.CrashIn(Random.Next(Random.Next(2) == 0 ? 6 : 40), Random.Next(2) == 0, losesPower: false);
        }
    }

    internal async Task CheckAsync()
    {
        await Master.CheckAsync();
        foreach (var agent in Agents)
        {
            await agent.CheckAsync();
        }
    }

    internal async Task CountAsync()
    {
        Statistics.Calls = Trace.Lines;
        foreach (var operation in await Master.Store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue }))
        {
            var outcome = $"{Token<OperationKind>.Of(operation.Kind)} {Token<OperationStatus>.Of(operation.Status)}";
            Statistics.Operations[outcome] = Statistics.Operations.GetValueOrDefault(outcome) + 1;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Master.DisposeAsync();
        foreach (var agent in Agents)
        {
            await agent.DisposeAsync();
        }
    }
}
