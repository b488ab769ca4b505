namespace Decnet.Fleet.Swarm.Tests.Links;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The way from a master to the agent of its host, in memory: messages become JSON and back, and requests and answers get lost.</summary>
internal sealed class LossyAgentLink(AgentService agent, Random random, double loss) : IAgentClient
{
    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken = default) => Task.FromResult(agent.Health);

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken = default) => agent.StatusAsync(cancellationToken);

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(command, SwarmJsonContext.Default.DeployCommand, agent.DeployAsync);

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(command, SwarmJsonContext.Default.MutateCommand, agent.MutateAsync);

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken = default) =>
        SendAsync(command, SwarmJsonContext.Default.TeardownCommand, agent.TeardownAsync);

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    async Task<CommandReply> SendAsync<T>(T command, JsonTypeInfo<T> type, Func<T, CancellationToken, Task<CommandReply>> send)
    {
        Lose("The request");
        try
        {
            var reply = await send(Over(command, type), CancellationToken.None);
            Lose("The answer");
            return Over(reply, SwarmJsonContext.Default.CommandReply);
        }
        catch (FleetLockedException error)
        {
            throw new PeerUnreachableException("h1", error.Message);
        }
        catch (Exception error) when (error is FleetValidationException or OperationConflictException)
        {
            throw new RequestRefusedException("h1", new SwarmProblem { Type = "x", Title = "Refused", Status = 422, Detail = error.Message });
        }
    }

    void Lose(string what)
    {
        lock (random)
        {
            if (random.NextDouble() < loss)
            {
                throw new PeerUnreachableException("h1", $"{what} was lost.");
            }
        }
    }

    internal static T Over<T>(T message, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(message, type), type)!;
}
