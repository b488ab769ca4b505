namespace Decnet.Fleet.Swarm.Tests.Masters;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Agents that accept everything, record it, and fail or wait on order.</summary>
internal sealed class FakeAgents : IAgentClient
{
    int underway;

    internal ConcurrentQueue<(HostId Host, object Command)> Commands { get; } = new();

    /// <summary>What a host answers instead, attempt by attempt; with none left it accepts.</summary>
    internal ConcurrentDictionary<HostId, ConcurrentQueue<Exception>> Failures { get; } = new();

    /// <summary>Awaited before a host answers.</summary>
    internal Func<HostId, CancellationToken, Task> Delay { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Deckies that are left out of the answers.</summary>
    internal HashSet<DeckyName> Ignored { get; } = [];

    internal int MostUnderway { get; private set; }

    internal void Fail(string host, params Exception[] failures) => Failures[HostId.Parse(host)] = new ConcurrentQueue<Exception>(failures);

    internal IEnumerable<T> Sent<T>(string? host = null) => Commands.Where(sent => host is null || sent.Host.Value == host).Select(sent => sent.Command).OfType<T>();

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken) =>
        Task.FromResult(new PeerHealth(SwarmProtocol.Version, "ok", "agent"));

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken) =>
        AnswerAsync(host, command, command.Orders.Select(order => (order.OperationId, order.Decky.Name)), cancellationToken);

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken) =>
        AnswerAsync(host, command, command.Orders.Select(order => (order.OperationId, order.Name)), cancellationToken);

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken) =>
        AnswerAsync(host, command, command.Orders.Select(order => (order.OperationId, order.Name)), cancellationToken);

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    async Task<CommandReply> AnswerAsync(FleetHost host, object command, IEnumerable<(Guid, DeckyName)> orders, CancellationToken cancellationToken)
    {
        Commands.Enqueue((host.HostId, command));
        lock (Commands)
        {
            MostUnderway = Math.Max(MostUnderway, ++underway);
        }

        try
        {
            await Delay(host.HostId, cancellationToken);
        }
        finally
        {
            lock (Commands)
            {
                underway--;
            }
        }

        if (Failures.TryGetValue(host.HostId, out var failures) && failures.TryDequeue(out var failure))
        {
            throw failure;
        }

        return new CommandReply
        {
            Version = SwarmProtocol.Version,
            Accepted = true,
            Deckies =
            [
                .. orders.Where(order => !Ignored.Contains(order.Item2))
                    .Select(order => new CommandReplyItem { OperationId = order.Item1, Name = order.Item2, Action = "add" }),
            ],
        };
    }
}
