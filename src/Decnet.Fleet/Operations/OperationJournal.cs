namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// Advances the operations of one work in the store, each transition with its event in one transaction, and tells who listens.
/// A step that the store refuses, since somebody else has ended the operation, is taken over from there.
/// </summary>
public sealed class OperationJournal
{
    readonly IStateStore store;
    readonly TimeProvider clock;
    readonly IProgress<DeployProgress>? listener;
    readonly ConcurrentDictionary<Guid, Operation> operations;
    int ended;

    internal OperationJournal(IStateStore store, TimeProvider clock, IReadOnlyList<Operation> recorded, IProgress<DeployProgress>? listener)
    {
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        operations = new ConcurrentDictionary<Guid, Operation>(recorded.Select(operation => KeyValuePair.Create(operation.Id, operation)));
        ended = recorded.Count(operation => !operation.IsOpen);
        foreach (var operation in recorded)
        {
            listener?.Report(new DeployProgress(operation, ended, operations.Count));
        }
    }

    /// <summary>
    /// Called before operations fail, with those of them that are open: what has to be put right by then, so that a crash in between
    /// leaves nothing behind an operation that has ended. It returns what could not be put right, or null.
    /// </summary>
    /// <value>Default: null, nothing has to be.</value>
    internal Func<IReadOnlyCollection<Guid>, Task<string?>>? Failing { get; set; }

    /// <summary>The operations as they are now, in no order.</summary>
    public IReadOnlyCollection<Operation> Operations => [.. operations.Values];

    /// <summary>Tells how an operation is now.</summary>
    /// <param name="id">One of the operations of the work.</param>
    /// <returns>The operation.</returns>
    public Operation Find(Guid id) => operations[id];

    /// <summary>Records that work on operations has begun. Those that do not wait any more are left as they are.</summary>
    /// <param name="ids">The operations.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public Task BeginAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        AdvanceAsync(ids.Select(id => operations[id]).Where(operation => operation.Status == OperationStatus.Pending), OperationStatus.Running, null, [], cancellationToken);

    /// <summary>Records how far operations that run have got.</summary>
    /// <param name="ids">The operations.</param>
    /// <param name="progress">How far.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public async Task ReportAsync(IReadOnlyCollection<Guid> ids, OperationProgress progress, CancellationToken cancellationToken = default)
    {
        var moved = ids.Select(id => operations[id]).Where(operation => operation.Status == OperationStatus.Running && operation.Progress != progress).ToArray();
        var now = clock.GetUtcNow();
        StateChange[] changes = [.. moved.Select(operation => new StateChange.ReportProgress(operation.Id, progress))];
        var commit = await store.CommitAsync(changes, now, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < moved.Length; i++)
        {
            if (commit.Applied[i])
            {
                Tell(moved[i] with { Progress = progress, UpdatedAt = now });
            }
        }
    }

    /// <summary>Ends an operation well, together with what it has changed.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="changes">What to record in the same transaction, such as the decky's row.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public Task SucceedAsync(Guid id, params IReadOnlyList<StateChange> changes) =>
        AdvanceAsync([operations[id]], OperationStatus.Succeeded, null, changes, CancellationToken.None);

    /// <summary>Ends an operation that did not reach its goal, together with what it has changed.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="error">Why: what happened to which container, and what to do.</param>
    /// <param name="changes">What to record in the same transaction, such as the decky's row.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    public Task FailAsync(Guid id, string error, params IReadOnlyList<StateChange> changes) => FailAllAsync([id], error, changes);

    /// <summary>Ends operations that fail for one and the same reason, in one transaction.</summary>
    /// <param name="ids">The operations.</param>
    /// <param name="error">Why.</param>
    /// <param name="changes">What to record in the same transaction.</param>
    internal async Task FailAllAsync(IEnumerable<Guid> ids, string error, IReadOnlyList<StateChange> changes)
    {
        Operation[] failed = [.. ids.Select(id => operations[id])];
        var left = Failing is null ? null : await Failing([.. failed.Where(operation => operation.IsOpen).Select(operation => operation.Id)]).ConfigureAwait(false);

        // An end is recorded even when the work is being cancelled: nothing may stay open without need.
        await AdvanceAsync(failed, OperationStatus.Failed, left is null ? error : $"{error} {left}", changes, CancellationToken.None).ConfigureAwait(false);
    }

    async Task AdvanceAsync(
        IEnumerable<Operation> candidates, OperationStatus status, string? error, IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var moved = candidates.Where(operation => operation.IsOpen).Select(operation => Moved(operation, status, error, now)).ToArray();
        StateChange[] transaction =
        [
            .. moved.Select(operation => new StateChange.AdvanceOperation(operation.Id, status, operation.Error) { Events = [OperationEvent.Draft(operation)] }),
            .. changes,
        ];
        var commit = await store.CommitAsync(transaction, now, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < moved.Length; i++)
        {
            if (commit.Applied[i] && !moved[i].IsOpen)
            {
                OpenOperations.Count(moved[i]);
            }

            await TellAsync(moved[i], commit.Applied[i], cancellationToken).ConfigureAwait(false);
        }
    }

    static Operation Moved(Operation operation, OperationStatus status, string? error, DateTimeOffset now) => operation with
    {
        Status = status,
        Error = Operation.CutError(error),
        UpdatedAt = now,
        StartedAt = status == OperationStatus.Running ? now : operation.StartedAt,
        CompletedAt = status is OperationStatus.Succeeded or OperationStatus.Failed ? now : null,
    };

    async Task TellAsync(Operation operation, bool applied, CancellationToken cancellationToken)
    {
        if (!applied)
        {
            // Somebody else has moved it: its deadline is over, say. What the store has is what counts.
            var stored = await store.ListOperationsAsync(new OperationQuery { Ids = [operation.Id] }, cancellationToken).ConfigureAwait(false);
            operation = stored.Count > 0 ? stored[0] : operation;
        }

        Tell(operation);
    }

    void Tell(Operation operation)
    {
        var before = operations[operation.Id];
        operations[operation.Id] = operation;
        var now = before.IsOpen && !operation.IsOpen ? Interlocked.Increment(ref ended) : Volatile.Read(ref ended);
        listener?.Report(new DeployProgress(operation, now, operations.Count));
    }
}
