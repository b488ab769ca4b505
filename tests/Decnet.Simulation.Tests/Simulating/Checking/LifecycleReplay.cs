namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Replays the events of operations: each transition is told once, in its order, and the last one told is the one recorded (I20).</summary>
internal sealed class LifecycleReplay
{
    readonly Dictionary<Guid, OperationStatus> told = [];

    internal void Add(DecnetEvent entry)
    {
        var payload = entry.ParsePayload();
        var id = payload.GetProperty("lifecycle_id").GetGuid();
        var status = Token<OperationStatus>.Parse(payload.GetProperty("status").GetString()!);
        var fits = told.TryGetValue(id, out var before)
            ? before is OperationStatus.Pending or OperationStatus.Running && status > before
            : status == OperationStatus.Pending;
        InvariantException.Require(fits, "I20", $"{entry} follows {(told.ContainsKey(id) ? before : "nothing")}");
        InvariantException.Require(
            status != OperationStatus.Failed || !string.IsNullOrWhiteSpace(payload.GetProperty("error").GetString()), "I18", $"{entry} does not say why");
        told[id] = status;
    }

    internal async Task CheckAsync(IStateStore store)
    {
        var all = await store.ListOperationsAsync(new OperationQuery { Limit = int.MaxValue });
        var silent = all.FirstOrDefault(operation => !told.TryGetValue(operation.Id, out var last) || last != operation.Status);
        InvariantException.Require(silent is null, "I20", $"no event tells of {silent}");
    }
}
