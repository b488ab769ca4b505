namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Operations that ended stay as they ended, and a decky has one open operation at most (I6).</summary>
internal sealed class OperationLedger
{
    readonly Dictionary<Guid, Operation> ended = [];

    internal IReadOnlyCollection<Operation> Ended => ended.Values;

    /// <summary>
    /// Operations that began without writing the row of their decky: it had none, or somebody wrote it between the look and
    /// the beginning. A pass that looked before may write the row once more.
    /// </summary>
    internal HashSet<Guid> WithoutRow { get; } = [];

    internal async Task CheckAsync(IStateStore store)
    {
        var all = (await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue })).ToDictionary(operation => operation.Id);
        foreach (var operation in ended.Values)
        {
            InvariantException.Require(
                all.TryGetValue(operation.Id, out var now) && now == operation, "I6", $"{operation} ended, and is now {now}");
        }

        var crowd = all.Values.Where(operation => operation.IsOpen).GroupBy(operation => (operation.HostId, operation.DeckyName)).FirstOrDefault(group => group.Count() > 1);
        InvariantException.Require(crowd is null, "I6", $"{crowd?.Key} has {crowd?.Count()} open operations");
        foreach (var operation in all.Values.Where(operation => !operation.IsOpen))
        {
            ended.TryAdd(operation.Id, operation);
        }
    }
}
