namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>A store in which somebody else is faster once: between a pass's read and its commit, or right before its read.</summary>
internal sealed class RacingStore(IStateStore store, Func<Task> rival, bool beforeRead = false) : IStateStore
{
    Func<Task>? next = rival;

    public async Task<CommitResult> CommitAsync(IReadOnlyList<StateChange> changes, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        await LetRivalActAsync(!beforeRead);
        return await store.CommitAsync(changes, at, cancellationToken);
    }

    public Task<StoreDescription> DescribeAsync(CancellationToken cancellationToken = default) => store.DescribeAsync(cancellationToken);

    public async Task<RecordedState> ReadAsync(HostId hostId, CancellationToken cancellationToken = default)
    {
        await LetRivalActAsync(beforeRead);
        return await store.ReadAsync(hostId, cancellationToken);
    }

    public Task<IReadOnlyList<DeckyRow>> ListDeckiesAsync(HostId? hostId = null, CancellationToken cancellationToken = default) =>
        store.ListDeckiesAsync(hostId, cancellationToken);

    public Task<IReadOnlyList<Operation>> ListOperationsAsync(OperationQuery query, CancellationToken cancellationToken = default) =>
        store.ListOperationsAsync(query, cancellationToken);

    public Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken = default) => store.ListWorkersAsync(cancellationToken);

    public Task<IReadOnlyList<FleetHost>> ListHostsAsync(CancellationToken cancellationToken = default) => store.ListHostsAsync(cancellationToken);

    public Task<IReadOnlyList<Enrolment>> ListEnrolmentsAsync(CancellationToken cancellationToken = default) => store.ListEnrolmentsAsync(cancellationToken);

    public Task<long> ReadCounterAsync(string name, CancellationToken cancellationToken = default) => store.ReadCounterAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task LetRivalActAsync(bool now)
    {
        var first = now ? next : null;
        next = now ? null : next;
        await (first?.Invoke() ?? Task.CompletedTask);
    }
}
