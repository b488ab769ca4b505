namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>The store as one process sees it: each call can fail or be its last, and what it commits is checked first.</summary>
internal sealed class WatchedStore(
    IStateStore store, IoGate gate, Trace trace, CommitRules rules, WorkRules work, SignalSource<DecnetEvent> control)
    : IStateStore, IEventLog
{
    /// <summary>How many of the coming calls find the store locked by others.</summary>
    internal int LockedFor { get; set; }

    public Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default) => store.DescribeAsync(cancellationToken);

    public Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default) =>
        CallAsync("read rows", async () =>
        {
            rules.LooksAnew();
            return work.Recorded = await store.ReadAsync(hostId, cancellationToken);
        });

    public Task<CommitResult> CommitAsync(IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        gate.Commits++;
        return CallAsync($"commit {string.Join(", ", changes.Select(Describe))}", async () =>
        {
            await rules.CheckAsync(changes);
            await work.BeforeCommitAsync(changes);
            var result = await store.CommitAsync(changes, at, cancellationToken);
            work.AfterCommit(changes, result);
            trace.Add($"      applied {result.Applied}, events {result.FirstSequence} to {result.LastSequence}");
            return result;
        });
    }

    public Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default) =>
        CallAsync("list deckies", () => store.ListDeckiesAsync(hostId, cancellationToken));

    public Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default) =>
        CallAsync("list operations", () => store.ListOperationsAsync(query, cancellationToken));

    public Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        CallAsync("list workers", () => store.ListWorkersAsync(cancellationToken));

    public Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default) =>
        CallAsync("list hosts", () => store.ListHostsAsync(cancellationToken));

    public Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default) =>
        CallAsync("list hosts", () => store.ListEnrolmentsAsync(cancellationToken));

    public Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default) =>
        CallAsync("list hosts", () => store.ReadCounterAsync(name, cancellationToken));

    public Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default) =>
        CallAsync("read last sequence", () => ((IEventLog)store).GetLastSequenceAsync(cancellationToken));

    public Task<EventPage> ReadAsync(long after, TopicPattern? pattern = null, int limit = 1000, CancellationToken cancellationToken = default) =>
        CallAsync("read events", () => ((IEventLog)store).ReadAsync(after, pattern, limit, cancellationToken));

    public IAsyncEnumerable<DecnetEvent> FollowAsync(long? after = null, TopicPattern? pattern = null, CancellationToken cancellationToken = default) =>
        control.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Describe(StateChange change) => change switch
    {
        StateChange.InsertDecky insert => $"insert {insert.Row.Name} {insert.Row.State}",
        StateChange.UpdateDecky update => $"update {update.Row.Name} {update.Row.State} ({update.Row.Reason}) at revision {update.Row.Revision}",
        StateChange.DeleteDecky delete => $"delete {delete.Name}",
        StateChange.AddOperation add => $"{add.Operation.Kind} of {add.Operation.DeckyName}",
        StateChange.AdvanceOperation advance => $"operation {advance.Status} {advance.Error}",
        StateChange.ReportProgress report => $"progress {report.Progress.Phase} {report.Progress.Done}/{report.Progress.Total}",
        _ => change.GetType().Name,
    };

    Task<T> CallAsync<T>(string step, Func<Task<T>> effect)
    {
        gate.StoreCalls++;
        return gate.StepAsync(step, () =>
        {
            if (LockedFor > 0)
            {
                LockedFor--;
                trace.Add("      locked");
                throw new StateStoreException(StateStoreError.Locked, "The store is locked by the simulation; try again.");
            }

            return effect();
        });
    }
}
