namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Telemetry;

/// <summary>Finds operations that have not ended, and ends those that nobody works on any more.</summary>
internal static class OpenOperations
{
    internal const string LeftBehind = "The process that worked on it ended before it was finished. Ask for it again; what is done stays done.";

    /// <summary>The operations of all hosts that have not ended.</summary>
    internal static async Task<IReadOnlyList<Operation>> ListAsync(IStateStore store, CancellationToken cancellationToken)
    {
        var pending = await store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Pending, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
        var running = await store.ListOperationsAsync(new OperationQuery { Status = OperationStatus.Running, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);

        // One that began between the two is in both.
        return [.. pending.Concat(running).DistinctBy(operation => operation.Id)];
    }

    /// <summary>Ends them as failed, each with its event. One that has ended meanwhile is left as it is.</summary>
    /// <returns>How many were ended.</returns>
    internal static async Task<int> EndAsync(
        IStateStore store, IReadOnlyCollection<Operation> operations, Func<Operation, string> error, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (operations.Count == 0)
        {
            return 0;
        }

        Operation[] failed = [.. operations.Select(operation => Failed(operation, error(operation), now))];
        StateChange[] changes =
        [
            .. failed.Select(operation => new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, operation.Error)
            {
                Events = [OperationEvent.Draft(operation)],
            }),
        ];
        var commit = await store.CommitAsync(changes, now, cancellationToken).ConfigureAwait(false);
        Operation[] ended = [.. failed.Where((_, i) => commit.Applied[i])];
        Array.ForEach(ended, Count);
        return ended.Length;
    }

    /// <summary>Counts an operation that was just ended.</summary>
    internal static void Count(Operation ended) => FleetTelemetry.OperationEnded(
        Token<OperationKind>.Of(ended.Kind), Token<OperationStatus>.Of(ended.Status), (ended.CompletedAt ?? ended.UpdatedAt) - (ended.StartedAt ?? ended.CreatedAt));

    static Operation Failed(Operation operation, string error, DateTimeOffset now) => operation with
    {
        Status = OperationStatus.Failed,
        Error = Operation.CutError(error),
        UpdatedAt = now,
        CompletedAt = now,
    };
}
