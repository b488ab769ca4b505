namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Ends operations that nobody works on any more.</summary>
internal static class OpenOperations
{
    internal const string LeftBehind = "The process that worked on it ended before it was finished. Ask for it again; what is done stays done.";

    /// <summary>Ends them as failed, each with its event. One that has ended meanwhile is left as it is.</summary>
    /// <returns>How many were ended.</returns>
    internal static async Task<int> EndAsync(
        IStateStore store, IReadOnlyCollection<Operation> operations, string error, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (operations.Count == 0)
        {
            return 0;
        }

        StateChange[] changes =
        [
            .. operations.Select(operation => new StateChange.AdvanceOperation(operation.Id, OperationStatus.Failed, error)
            {
                Events = [OperationEvent.Draft(operation with { Status = OperationStatus.Failed, Error = error })],
            }),
        ];
        var commit = await store.CommitAsync(changes, now, cancellationToken).ConfigureAwait(false);
        return commit.Applied.Count(applied => applied);
    }
}
