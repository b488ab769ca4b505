namespace Decnet.SwarmTimings;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Agents that accept everything. They write each request as bytes, as a client does, and weigh what is alive meanwhile.</summary>
internal sealed class WeighingAgents : IAgentClient
{
    /// <summary>A full collection takes a while: some requests are enough to find the most.</summary>
    const int Weighings = 20;

    readonly Lock gate = new();
    int requests;

    internal long Baseline { get; set; }

    internal long Peak { get; private set; }

    internal int LargestBody { get; private set; }

    public async Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(command, SwarmJsonContext.Default.DeployCommand);
        await Task.Delay(5, cancellationToken);
        lock (gate)
        {
            LargestBody = Math.Max(LargestBody, body.Length);
            if (requests++ % 50 == 0 || requests <= Weighings)
            {
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - Baseline);
            }
        }

        GC.KeepAlive(body);
        return new CommandReply
        {
            Version = SwarmProtocol.Version,
            Accepted = true,
            Deckies = [.. command.Orders.Select(order => new CommandReplyItem { OperationId = order.OperationId, Name = order.Decky.Name, Action = "add" })],
        };
    }

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();
}
