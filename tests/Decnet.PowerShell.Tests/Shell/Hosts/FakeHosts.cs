namespace Decnet.PowerShell.Tests.Shell.Hosts;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;

/// <summary>Hosts that accept all work, and end it in the store of the master as soon as it is recorded as running, as their reports do.</summary>
internal sealed class FakeHosts : IAgentClient
{
    /// <summary>The store of the master.</summary>
    internal IStateStore? Store { get; set; }

    /// <summary>What is wrong with a host that does not answer.</summary>
    internal ConcurrentDictionary<string, Exception> Failures { get; } = new();

    /// <summary>What the hosts were told to do, as <c>deploy web-01 on web-host</c>.</summary>
    internal ConcurrentQueue<string> Orders { get; } = new();

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken) => Failures.TryGetValue(host.Name, out var failure)
        ? Task.FromException<PeerHealth>(failure)
        : Task.FromResult(new PeerHealth(SwarmProtocol.Version, "ok", "agent"));

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken) => Task.FromResult(new AgentStatus
    {
        Version = SwarmProtocol.Version,
        HostId = host.HostId,
        AgentVersion = "1.2.3",
        StartedAt = default,
        Deckies = [],
        OpenOperations = [],
        Unacknowledged = 2,
    });

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken) =>
        AcceptAsync("deploy", host, command.Orders.Select(order => (order.OperationId, order.Decky.Name)));

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken) =>
        AcceptAsync("mutate", host, command.Orders.Select(order => (order.OperationId, order.Name)));

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken) =>
        AcceptAsync("teardown", host, command.Orders.Select(order => (order.OperationId, order.Name)));

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken) =>
        Task.FromResult(new SelfDestructReply
        {
            Version = SwarmProtocol.Version,
            Accepted = command.Confirmation is not null,
            Confirmation = command.Confirmation is null ? "yes" : null,
            Removes = ["/opt/decnet/decnetd"],
            Obstacles = [],
        });

    Task<CommandReply> AcceptAsync(string kind, FleetHost host, IEnumerable<(Guid Id, DeckyName Name)> orders)
    {
        var accepted = orders.ToArray();
        Array.ForEach(accepted, order => Orders.Enqueue($"{kind} {order.Name} on {host.Name}"));
        _ = Task.Run(() => EndAsync([.. accepted.Select(order => order.Id)]));
        return Task.FromResult(new CommandReply
        {
            Version = SwarmProtocol.Version,
            Accepted = true,
            Deckies = [.. accepted.Select(order => new CommandReplyItem { OperationId = order.Id, Name = order.Name, Action = kind })],
        });
    }

    async Task EndAsync(Guid[] ids)
    {
        await Eventually.TrueAsync(
            async () => (await Store!.ListOperationsAsync(new OperationQuery { Ids = ids })).All(operation => operation.Status == OperationStatus.Running),
            TimeSpan.FromMinutes(2));
        await Store!.CommitAsync([.. ids.Select(id => new StateChange.AdvanceOperation(id, OperationStatus.Succeeded))], DateTimeOffset.UtcNow);
    }
}
