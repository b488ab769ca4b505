namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>An agent that answers what a test wants, and accepts no work.</summary>
internal sealed class FakeAgent : IAgentClient
{
    internal AgentStatus? Status { get; init; }

    internal Exception? Failure { get; init; }

    internal ValueList<string> Obstacles { get; init; } = [];

    /// <summary>Called with an order of self-destruction that was confirmed.</summary>
    internal Func<SelfDestructCommand, Task> Confirmed { get; init; } = _ => Task.CompletedTask;

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(new PeerHealth(SwarmProtocol.Version, "ok", "agent")) : Task.FromException<PeerHealth>(Failure);

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken) => Task.FromResult(Status!);

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken)
    {
        if (command.Confirmation is not null)
        {
            await Confirmed(command);
        }

        return new SelfDestructReply
        {
            Version = SwarmProtocol.Version,
            Accepted = command.Confirmation is not null,
            Confirmation = command.Confirmation is null ? "yes" : null,
            Removes = ["web-01", "/opt/decnet/decnetd"],
            Obstacles = Obstacles,
        };
    }
}
