namespace Decnet.SwarmTimings.Https;

using Decnet.EngineTimings;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>A master and the agent of one host of it, which speak to each other over HTTPS.</summary>
internal sealed class MasterAndAgent : IAsyncDisposable
{
    readonly HttpsMaster master;
    readonly HttpsAgent agent;
    readonly EndedOperations ended;
    readonly FleetHost host;
    int operations;

    MasterAndAgent(HttpsMaster master, HttpsAgent agent, FleetHost host, Fleet fleet)
    {
        this.master = master;
        this.agent = agent;
        this.host = host with { AgentPort = agent.Port };
        Fleet = fleet;
        ended = new EndedOperations(master.Store);
        Client = NewClient();
    }

    internal Fleet Fleet { get; }

    /// <summary>Speaks to the agent as the master does, over a connection that is kept.</summary>
    internal AgentClient Client { get; }

    internal static async Task<MasterAndAgent> StartAsync(int deckies)
    {
        var hosts = new SimulatedHosts(1, deckies);
        var master = await HttpsMaster.StartAsync(hosts);
        var agent = await HttpsAgent.StartAsync(HostPki.Open(HostCertificates.FolderOf(master.HostFolders, hosts.Ids[0]), TimeProvider.System), master.Port);
        return new MasterAndAgent(master, agent, (await master.Store.FindHostAsync(hosts.Ids[0]))!, hosts.Fleet);
    }

    internal AgentClient NewClient() => new(() => master.Pki.Current, TimeProvider.System);

    /// <summary>Records operations at the master that deploy deckies.</summary>
    internal async Task<DeployCommand> BeginDeployAsync(IEnumerable<Decky> deckies) => new()
    {
        Version = SwarmProtocol.Version,
        Orders = [.. (await BeginAsync(deckies, OperationKind.Deploy)).Select(begun => new DeployOrder(begun.Id, begun.Decky))],
        Network = new SwarmNetwork { Subnet = Fleet.Subnet, Gateway = Fleet.Gateway, Driver = Fleet.Driver },
    };

    internal Task<CommandReply> DeployAsync(AgentClient client, DeployCommand command) => client.DeployAsync(host, command);

    internal async Task TeardownAsync(IEnumerable<Decky> deckies)
    {
        var command = new TeardownCommand
        {
            Version = SwarmProtocol.Version,
            Orders = [.. (await BeginAsync(deckies, OperationKind.Teardown)).Select(begun => new TeardownOrder(begun.Id, begun.Decky.Name))],
        };
        await Client.TeardownAsync(host, command);
        await EndAsync([.. command.Orders.Select(order => order.OperationId)], null);
    }

    /// <summary>Waits until the master knows the end of operations, and adds the times since they have ended at the agent.</summary>
    internal async Task EndAsync(IReadOnlyCollection<Guid> ids, Sample? times)
    {
        var seen = new Dictionary<Guid, DateTimeOffset>();
        foreach (var id in ids)
        {
            seen[id] = await ended.SeenAsync(id);
        }

        var query = new OperationQuery { Ids = [.. ids] };
        var atMaster = await master.Store.ListOperationsAsync(query);
        var atAgent = await agent.Store.ListOperationsAsync(query);
        if (atMaster.Concat(atAgent).Any(operation => operation.Status != OperationStatus.Succeeded) || atAgent.Count != ids.Count || atMaster.Count != ids.Count)
        {
            throw new InvalidOperationException("An operation has not succeeded at both sides.");
        }

        foreach (var operation in atAgent)
        {
            times?.Add(seen[operation.Id] - operation.CompletedAt!.Value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await ended.DisposeAsync();
        await agent.DisposeAsync();
        await master.DisposeAsync();
    }

    async Task<IReadOnlyList<(Guid Id, Decky Decky)>> BeginAsync(IEnumerable<Decky> deckies, OperationKind kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        (Guid Id, Decky Decky)[] begun = [.. deckies.Select(decky => (new Guid(++operations, 0, 0, new byte[8]), decky))];
        StateChange[] changes = [.. begun.Select(item => Add(item.Id, item.Decky, kind, now))];
        await master.Store.CommitAsync(changes, now);
        return begun;
    }

    static StateChange.AddOperation Add(Guid id, Decky decky, OperationKind kind, DateTimeOffset now)
    {
        var operation = new Operation
        {
            Id = id,
            HostId = decky.HostId!.Value,
            DeckyName = decky.Name,
            Kind = kind,
            CreatedAt = now,
            UpdatedAt = now,
            Deadline = now.AddMinutes(5),
        };
        return new StateChange.AddOperation(operation) { Events = [OperationEvent.Draft(operation)] };
    }
}
