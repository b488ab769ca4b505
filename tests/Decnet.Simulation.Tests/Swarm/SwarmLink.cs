namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What lies between master and hosts: messages and answers get lost, come twice, or later than those after them.</summary>
internal sealed class SwarmLink(SwarmWorld world) : IAgentClient
{
    const int MostLate = 20;

    readonly List<(string What, Func<Task> Deliver)> late = [];
    bool meanwhile;

    /// <summary>Whether everything arrives, once and in order.</summary>
    internal bool IsPerfect { get; set; }

    public Task<PeerHealth> GetHealthAsync(FleetHost host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AgentStatus> GetStatusAsync(FleetHost host, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SelfDestructReply> SelfDestructAsync(FleetHost host, SelfDestructCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandReply> DeployAsync(FleetHost host, DeployCommand command, CancellationToken cancellationToken) =>
        CommandAsync(host, "deploy", service => service.DeployAsync(command, CancellationToken.None));

    public Task<CommandReply> MutateAsync(FleetHost host, MutateCommand command, CancellationToken cancellationToken) =>
        CommandAsync(host, "mutate", service => service.MutateAsync(command, CancellationToken.None));

    public Task<CommandReply> TeardownAsync(FleetHost host, TeardownCommand command, CancellationToken cancellationToken) =>
        CommandAsync(host, "teardown", service => service.TeardownAsync(command, CancellationToken.None));

    /// <summary>Lets a host report, and tells it so when the answer arrives.</summary>
    /// <returns>Whether more deltas wait.</returns>
    internal async Task<bool> ReportAsync(SimulatedAgent agent)
    {
        PreparedReport? prepared = null;
        if (!await agent.RunAsync(async () => prepared = await agent.Reporter.PrepareAsync()) || prepared is null || Loses($"report {prepared.Report.Number} of {agent.HostId}"))
        {
            return true;
        }

        var report = prepared.Report;
        if (Roll(10))
        {
            Hold($"report {report.Number} of {agent.HostId}", () => world.Master.ReceiveAsync(agent.HostId, report));
            return true;
        }

        await MaybeForeignAsync(agent, report);
        var stored = await DeliverAsync(agent, report);
        if (Roll(10))
        {
            world.Statistics.Repeated++;
            stored |= await DeliverAsync(agent, report);
        }

        if (stored && !Loses("answer to a report"))
        {
            await agent.RunAsync(() => agent.Reporter.AcknowledgeAsync(prepared));
        }

        return prepared.HasMore;
    }

    /// <summary>Delivers one of the messages that were held back, or all of them.</summary>
    internal async Task DeliverLateAsync(bool all)
    {
        while (late.Count > 0)
        {
            var index = world.Random.Next(late.Count);
            var (what, deliver) = late[index];
            late.RemoveAt(index);
            world.Statistics.Late++;
            world.Trace.Add($"  late: {what}");
            await deliver();
            if (!all)
            {
                return;
            }
        }
    }

    async Task<CommandReply> CommandAsync(FleetHost host, string what, Func<AgentService, Task<CommandReply>> call)
    {
        var agent = world.Agent(host.HostId);
        if (Loses($"{what} for {host.HostId}"))
        {
            throw Unreachable(host.HostId);
        }

        if (Roll(10))
        {
            Hold($"{what} for {host.HostId}", () => ServeAsync(agent, call));
            throw Unreachable(host.HostId);
        }

        await MeanwhileAsync();
        var (reply, error) = await ServeAsync(agent, call);
        await MeanwhileAsync();
        if (Roll(10))
        {
            world.Statistics.Repeated++;
            (reply, error) = await ServeAsync(agent, call);
        }

        return Loses($"answer to {what} of {host.HostId}") ? throw Unreachable(host.HostId) : reply ?? throw error ?? Unreachable(host.HostId);
    }

    async Task<(CommandReply? Reply, Exception? Error)> ServeAsync(SimulatedAgent agent, Func<AgentService, Task<CommandReply>> call)
    {
        CommandReply? reply = null;
        Exception? error = null;
        await agent.RunAsync(async () =>
        {
            try
            {
                reply = await call(agent.Service);
            }
            catch (FleetLockedException locked)
            {
                error = new PeerUnreachableException(agent.HostId, locked.Message) { RetryAfter = TimeSpan.FromSeconds(1) };
            }
            catch (Exception refused) when (refused is FleetValidationException or OperationConflictException)
            {
                error = new RequestRefusedException(agent.HostId, new SwarmProblem { Type = "urn:x", Title = refused.GetType().Name, Status = 422, Detail = refused.Message });
            }
        });
        world.Trace.Add($"  {agent.HostId} answers {(reply is not null ? "yes" : error?.GetType().Name ?? "nothing")}");
        return (reply, error);
    }

    async Task<bool> DeliverAsync(SimulatedAgent agent, HostReport report)
    {
        world.Statistics.Reports++;
        return await world.Master.ReceiveAsync(agent.HostId, report);
    }

    /// <summary>Somebody with the certificate of one host speaks of an operation of another one.</summary>
    async Task MaybeForeignAsync(SimulatedAgent agent, HostReport report)
    {
        var store = world.Master.Store;
        var foreign = (await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue }))
            .Where(operation => operation.IsOpen && operation.HostId != agent.HostId).ToArray();
        if (foreign.Length == 0 || !Roll(15))
        {
            return;
        }

        var victim = foreign[world.Random.Next(foreign.Length)];
        world.Statistics.Foreign++;
        world.Trace.Add($"  {agent.HostId} speaks of {victim.Id}, which is of {victim.HostId}");
        var delta = new OperationDelta
        {
            OperationId = victim.Id,
            Sequence = long.MaxValue,
            Name = victim.DeckyName,
            Kind = victim.Kind,
            Status = world.Random.Next(2) == 0 ? OperationStatus.Succeeded : OperationStatus.Failed,
            Services = ["smtp"],
        };
        await DeliverAsync(agent, report with { Deltas = [.. report.Deltas, delta] });
        var after = (await store.ListOperationsAsync(new OperationQuery { Ids = [victim.Id] }))[0];
        InvariantException.Require(after == victim, "S3", $"{agent.HostId} has changed {victim} into {after}");
    }

    /// <summary>While an operator's program waits for an answer, hosts work and report.</summary>
    async Task MeanwhileAsync()
    {
        if (meanwhile || !Roll(30))
        {
            return;
        }

        meanwhile = true;
        var agent = world.AnyAgent();
        if (world.Chance(50))
        {
            await agent.WorkAsync();
        }

        await ReportAsync(agent);
        meanwhile = false;
    }

    void Hold(string what, Func<Task> deliver)
    {
        world.Trace.Add($"  held back: {what}");
        if (late.Count < MostLate)
        {
            late.Add((what, deliver));
        }
    }

    bool Loses(string what)
    {
        var lost = Roll(15);
        if (lost)
        {
            world.Statistics.Lost++;
            world.Trace.Add($"  lost: {what}");
        }

        return lost;
    }

    bool Roll(int percent) => !IsPerfect && world.Chance(percent);

    static PeerUnreachableException Unreachable(HostId host) => new(host, $"{host} does not answer.");
}
