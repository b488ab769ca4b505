namespace Decnet.Fleet.Swarm.Tests.AspNetCore.Support;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.Contract;

/// <summary>An agent that answers as a test says, and counts what reached it.</summary>
internal sealed class FakeAgentSide : IAgentSide
{
    int calls;

    internal int Calls => calls;

    internal Func<DeployCommand, CommandReply> Deploy { get; set; } = command => new CommandReply
    {
        Version = SwarmProtocol.Version,
        Accepted = !command.DryRun,
        Deckies = [.. command.Orders.Select(order => new CommandReplyItem { OperationId = order.OperationId, Name = order.Decky.Name, Action = "add", Address = order.Decky.IPAddress })],
    };

    internal Func<SelfDestructCommand, SelfDestructReply> SelfDestruct { get; set; } = _ => throw new NotSupportedException();

    public Task<AgentStatus> StatusAsync(CancellationToken cancellationToken) => Answer(() => new AgentStatus
    {
        Version = SwarmProtocol.Version,
        HostId = HostId.Parse("web-host"),
        AgentVersion = "0.1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        Deckies = [],
        OpenOperations = [],
        Unacknowledged = 0,
    });

    public Task<CommandReply> DeployAsync(DeployCommand command, CancellationToken cancellationToken) => Answer(() => Deploy(command));

    public Task<CommandReply> MutateAsync(MutateCommand command, CancellationToken cancellationToken) => Answer(() => Reply(command.Orders.Count));

    public Task<CommandReply> TeardownAsync(TeardownCommand command, CancellationToken cancellationToken) => Answer(() => Reply(command.Orders.Count));

    public Task<SelfDestructReply> SelfDestructAsync(SelfDestructCommand command, CancellationToken cancellationToken) => Answer(() => SelfDestruct(command));

    static CommandReply Reply(int count) => count > 0
        ? new CommandReply { Version = SwarmProtocol.Version, Accepted = true, Deckies = [] }
        : throw new FleetValidationException("request", [FleetIssue.Error("empty", "There are no orders.")]);

    Task<T> Answer<T>(Func<T> answer)
    {
        Interlocked.Increment(ref calls);
        return Task.FromResult(answer());
    }
}
