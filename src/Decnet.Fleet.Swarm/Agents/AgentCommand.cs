namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>A command of the master, and what doing it takes.</summary>
internal sealed record AgentCommand
{
    internal required OperationKind Kind { get; init; }

    internal required IReadOnlyList<CommandOrder> Orders { get; init; }

    internal required bool IsDryRun { get; init; }

    /// <summary>What the command alone shows to be wrong.</summary>
    internal required IEnumerable<FleetIssue> Issues { get; init; }

    /// <summary>Finds what is wrong with it on this host.</summary>
    internal Func<CancellationToken, Task<IEnumerable<FleetIssue>>> CheckAsync { get; init; } = static _ => Task.FromResult<IEnumerable<FleetIssue>>([]);

    /// <summary>Tells what would be done, and changes nothing.</summary>
    internal required Func<CancellationToken, Task<CommandReply>> PlanAsync { get; init; }

    /// <summary>Records the operations and begins the work, which the token cancels.</summary>
    internal required Func<CancellationToken, Task<FleetWork>> BeginAsync { get; init; }
}
